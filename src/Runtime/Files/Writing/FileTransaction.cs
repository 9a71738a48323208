namespace Weir.Runtime.Files.Writing;

/// <summary>What one subtask wrote between two barriers.</summary>
/// <param name="Number">Tells transactions of one writer apart.</param>
/// <param name="Parts">The files, by the names they get when finished. Empty until pre-committed.</param>
/// <param name="Rows">How many records they hold. 0 until pre-committed.</param>
public sealed record FileTransaction(long Number, IReadOnlyList<string> Parts, long Rows)
{
    /// <inheritdoc/>
    public override string ToString() => $"transaction {Number} ({string.Join(", ", Parts)})";
}
