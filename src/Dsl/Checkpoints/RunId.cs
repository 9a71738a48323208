using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Weir;

/// <summary>
/// Names one life of a job: from a start without a checkpoint, through all restarts, to its end. Written as 16 hexadecimal digits.
/// </summary>
/// <remarks>
/// It is in every manifest, so that each attempt that continues from a checkpoint carries it on. What a job leaves in places that others
/// use too (an output directory, a topic) can be told by it from what another job, or an earlier life of the same job, left there.
/// </remarks>
/// <param name="Value">The number; random, so that no two lives have the same.</param>
public readonly record struct RunId(ulong Value)
{
    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <param name="text">16 hexadecimal digits.</param>
    /// <param name="run">The run.</param>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out RunId run)
    {
        var isOne = ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && text!.Length == 16;
        run = isOne ? new RunId(value) : default;
        return isOne;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
