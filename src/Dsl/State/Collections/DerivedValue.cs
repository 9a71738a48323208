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
        return new DerivedValueException(
            $"The codec of {type} was given a {value.GetType()}, whose further members it would lose. " +
            $"Seal {type} and keep values of it alone, or name the derived type in the pipeline.");
    }

    /// <summary>The exception for a name that no type of a closed hierarchy has.</summary>
    /// <param name="name">The name that was stored.</param>
    /// <param name="type">The hierarchy.</param>
    /// <returns>The exception.</returns>
    public static InvalidDataException Unknown(string? name, string type) => new($"There is no '{name}' among the types of {type}.");
}

/// <summary>What the codec does not see would be lost: another try does not help.</summary>
/// <param name="message">Which value of which type.</param>
internal sealed class DerivedValueException(string message) : InvalidOperationException(message), IPermanentFailure;
