namespace Weir.Wire;

/// <summary>Tells bytes that are not what they should be from other failures.</summary>
public static class WireDamage
{
    /// <summary>
    /// Says that a failure to read came from the bytes: a wrong code, a number that does not fit, an early end. All of these mean damage,
    /// or a value of another type; none of them is a bug.
    /// </summary>
    /// <param name="failure">What reading threw.</param>
    /// <returns>True for what <see cref="MessagePackReader"/> and codecs throw on wrong bytes.</returns>
    public static bool Is(Exception failure) =>
        failure is InvalidDataException or MessagePackSerializationException or EndOfStreamException or OverflowException;
}
