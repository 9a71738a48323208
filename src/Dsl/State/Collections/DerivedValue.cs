namespace Weir.Wire;

/// <summary>The error of a value that is more than its codec knows: what the codec does not see would be lost at a restart.</summary>
public static class DerivedValue
{
    /// <summary>The exception to throw.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">The type whose codec was given it.</param>
    /// <returns>The exception.</returns>
    public static InvalidOperationException Of(object value, string type)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new InvalidOperationException(
            $"The codec of {type} was given a {value.GetType()}, whose further members it would lose. " +
            $"Seal {type} and keep values of it alone, or name the derived type in the pipeline.");
    }
}
