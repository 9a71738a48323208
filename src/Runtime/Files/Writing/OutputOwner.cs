using System.Globalization;

namespace Weir.Runtime.Files.Writing;

/// <summary>Who writes to an output directory.</summary>
/// <param name="Operator">The job and the sink, as part names have them.</param>
/// <param name="Run">The life of the job.</param>
/// <param name="Attempt">Which start of it.</param>
internal readonly record struct OutputOwner(string Operator, RunId Run, long Attempt)
{
    /// <summary>Whether both are the same sink of the same life of a job, maybe in different attempts.</summary>
    public bool Continues(OutputOwner other) => Run == other.Run && Operator == other.Operator;

    /// <summary>Whether a part file is the sink's, of whatever attempt.</summary>
    public bool Wrote(PartName part) => Run == part.Run && Operator == part.Operator;

    /// <inheritdoc/>
    public override string ToString()
    {
        var plus = Operator.IndexOf('+', StringComparison.Ordinal);
        var who = plus < 0 ? $"'{Operator}'" : $"operator '{Operator[(plus + 1)..]}' of job '{Operator[..plus]}'";
        return string.Create(CultureInfo.InvariantCulture, $"{who} (run {Run}, attempt {Attempt})");
    }
}

/// <summary>
/// A record that says who owns an output directory: the name of an empty file, so that it is there as a whole or not at all.
/// </summary>
/// <remarks>
/// The greatest claim rules. An older one stays until the newer one is sure: a process that was believed dead finds out by looking whether
/// its claim still is the greatest.
/// </remarks>
/// <param name="Number">One more than the greatest that its owner saw.</param>
/// <param name="Owner">Whose it is.</param>
internal readonly record struct OwnerClaim(long Number, OutputOwner Owner) : IComparable<OwnerClaim>
{
    private const string Prefix = "owner-";

    /// <summary>Gets the name of its file.</summary>
    public string FileName => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}{Owner.Operator}-{Owner.Run}-a{Owner.Attempt}-{Number}");

    /// <summary>Reads a file's name.</summary>
    public static bool TryParse(string name, out OwnerClaim claim)
    {
        claim = default;
        var rest = name.AsSpan();
        if (!rest.StartsWith(Prefix)
            || !NameFields.TryTakeNumber(ref rest, out var number)
            || !NameFields.TryTakeNumber(ref rest, "a", out var attempt)
            || !NameFields.TryTakeRun(ref rest, out var run)
            || rest.Length <= Prefix.Length)
        {
            return false;
        }

        claim = new OwnerClaim(number, new OutputOwner(rest[Prefix.Length..].ToString(), run, attempt));
        return true;
    }

    /// <summary>
    /// Orders claims. Two with the same number were made by processes that did not see each other: any order does that all of them agree
    /// on.
    /// </summary>
    public int CompareTo(OwnerClaim other)
    {
        var byNumber = Number.CompareTo(other.Number);
        var byAttempt = byNumber != 0 ? byNumber : Owner.Attempt.CompareTo(other.Owner.Attempt);
        return byAttempt != 0 ? byAttempt : string.CompareOrdinal(FileName, other.FileName);
    }
}
