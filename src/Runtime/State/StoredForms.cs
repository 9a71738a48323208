using System.Collections.Immutable;

namespace Weir.Runtime.State;

/// <summary>The forms that the states of an operator were written in: gives the codecs that read them.</summary>
/// <remarks>Where a form has not changed, it is the state's own codec that reads: nothing is paid for what could have been.</remarks>
public sealed class StoredForms
{
    /// <summary>The name of the keys that the states of an operator are found by.</summary>
    internal const string Key = "key";

    private readonly ImmutableArray<SchemaMember> _written;

    /// <summary>The forms of a checkpoint.</summary>
    /// <param name="written">What its manifest says of the operator.</param>
    public StoredForms(ImmutableArray<SchemaMember> written) => _written = written;

    /// <summary>Gets the forms of state that was written by the very code that reads it.</summary>
    public static StoredForms AsNow { get; } = new([]);

    /// <summary>The codec that reads a state as it was written.</summary>
    /// <typeparam name="T">The state as it is now.</typeparam>
    /// <param name="name">Its name among the operator's.</param>
    /// <param name="codec">Its codec.</param>
    /// <returns>The codec itself if the form is the same.</returns>
    /// <exception cref="InvalidDataException">Nothing reads that form: what checks a checkpoint before should have said so.</exception>
    public Codec<T> Reading<T>(string name, Codec<T> codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        return Of(name) is { } then ? Reading(then, new SchemaMember(name, codec.Schema), codec) : codec;
    }

    /// <summary>Whether they are the forms of now: what was written need not be written anew.</summary>
    internal bool AreThoseOf(IReadOnlyList<SchemaMember> schemas) =>
        _written.IsEmpty || (_written.Length == schemas.Count && schemas.All(now => $"{Of(now.Name)}" == $"{now.Schema}"));

    /// <summary>The form that a state was written in; null if it is not known, as of what the very code that reads it wrote.</summary>
    internal Schema? Of(string name) => _written.FirstOrDefault(member => member.Name == name)?.Schema;

    /// <summary>The codec that reads what was written in a form.</summary>
    internal static Codec<T> Reading<T>(Schema then, SchemaMember now, Codec<T> codec)
    {
        var resolution = SchemaResolver.Resolve(new SchemaMember(now.Name, then), now, IsKey(now));
        return resolution.Conflict is { } conflict ? throw new InvalidDataException(conflict.Text)
            : resolution.Transcoder is { } transcoder ? new EvolvedCodec<T>(codec, transcoder)
            : codec;
    }

    /// <summary>Whether a state of an operator is the key that its other states are found by.</summary>
    internal static bool IsKey(SchemaMember member) => member.Name == Key;
}
