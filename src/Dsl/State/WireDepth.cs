namespace Weir.Wire;

/// <summary>
/// Bounds how deep a value may contain values of its own type: the same bound where it is written and where it is read, so that no snapshot
/// holds what a restore cannot take.
/// </summary>
/// <remarks>Generated codecs of types that contain themselves ask it. Without it a long chain would end the process.</remarks>
public static class WireDepth
{
    /// <summary>The greatest depth.</summary>
    public const int Limit = 500;

    [ThreadStatic]
    private static int _depth;

    /// <summary>A value is written, hashed or measured. Call <see cref="Leave"/> afterwards, also after a failure.</summary>
    /// <param name="type">The type's name.</param>
    /// <exception cref="TooDeepException">It lies too deep in others of its kind.</exception>
    public static void Enter(string type)
    {
        if (_depth >= Limit)
        {
            throw new TooDeepException(type);
        }

        _depth++;
    }

    /// <summary>A value is read. Call <see cref="Leave"/> afterwards, also after a failure.</summary>
    /// <param name="type">The type's name.</param>
    /// <exception cref="InvalidDataException">It lies too deep in others of its kind: nobody wrote such bytes.</exception>
    public static void EnterReading(string type)
    {
        if (_depth >= Limit)
        {
            throw new InvalidDataException($"A {type} is nested more than {Limit} deep, which no codec writes.");
        }

        _depth++;
    }

    /// <summary>The value that was entered last is done.</summary>
    public static void Leave() => _depth--;
}

/// <summary>A value that enters state is nested too deep in values of its own type.</summary>
/// <param name="type">The type's name.</param>
internal sealed class TooDeepException(string type) : NotSupportedException(
    $"A {type} that enters state or crosses an exchange contains others of its kind more than {WireDepth.Limit} deep. "
        + "Keep a long chain as a list, or mark the member that leads on [MessagePack.IgnoreMember]."), IPermanentFailure;
