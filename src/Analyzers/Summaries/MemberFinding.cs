namespace Weir.Analyzers.Summaries;

/// <summary>A member that answers differently on replay.</summary>
/// <param name="Member">Its documentation id.</param>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Path">The way from it to the reason, without itself.</param>
internal sealed record MemberFinding(string Member, string Rule, string Path)
{
    /// <summary>A line of the attribute.</summary>
    public override string ToString() => $"{Member}|{Rule}|{Path}";
}
