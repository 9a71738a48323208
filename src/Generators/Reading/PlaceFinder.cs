using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Reading;

/// <summary>Finds calls again in a later state of the program.</summary>
internal static class PlaceFinder
{
    /// <summary>Where the same call can be intercepted now; null if it is not there any more.</summary>
    /// <param name="location">Where it was.</param>
    /// <param name="own">The file that the site stands in: several files may have one path.</param>
    /// <param name="program">The program.</param>
    /// <param name="compilation">Its compilation.</param>
    /// <param name="cancellation">Cancels the search.</param>
    public static LocationModel? Find(
        LocationModel location, TreeReading own, ProgramReading program, CSharpCompilation compilation, CancellationToken cancellation)
    {
        if (location.Place is not { } place)
        {
            return location;
        }

        var member = (own.Tree.FilePath == (place.In.Path ?? "") ? own.Member(place.In.Text) : null) ?? program.Find(place.In);
        if (member is null)
        {
            return null;
        }

        var span = new TextSpan(member.SpanStart + place.Start, place.Length);
        return member.FindNode(span, getInnermostNodeForTie: true) is InvocationExpressionSyntax call && call.Span == span
            ? Places.Of(call, Semantics.Of(compilation, member.SyntaxTree), place, cancellation)
            : null;
    }
}
