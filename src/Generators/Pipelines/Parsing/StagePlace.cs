using Weir.Generators.Infrastructure;
using Weir.Generators.Pipelines.Following;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>A call, and where it stands in the pipeline. For the parser alone: it holds syntax.</summary>
/// <param name="Call">The call.</param>
/// <param name="Inputs">What goes in.</param>
/// <param name="Times">Whether the records that come in carry event times.</param>
/// <param name="Site">Names the call.</param>
/// <param name="IsCertain">Whether no other stage of the pipeline is made by it.</param>
/// <param name="File">The path of its file.</param>
internal sealed record StagePlace(
    FollowedCall Call, EquatableArray<StageInputModel> Inputs, TimeKnowledge Times, SiteModel Site, bool IsCertain, string? File)
{
    public VerbCall Verb => Call.Verb;

    public int Line => Verb.Name.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
