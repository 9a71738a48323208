using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Reading;

/// <summary>Where calls stand: in a member, so that they are found again when other parts of the file have changed.</summary>
internal static class Places
{
    /// <summary>Where a call can be intercepted; null if it cannot.</summary>
    public static LocationModel? Of(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
    {
        var member = Members.Of(call);
        var place = new PlaceModel
        {
            In = BodyReads.ReadOf(call),
            Start = call.SpanStart - member.SpanStart,
            Length = call.Span.Length,
        };
        return Of(call, model, place, cancellation);
    }

    /// <summary>The same, of a call whose place is known.</summary>
    public static LocationModel? Of(
        InvocationExpressionSyntax call, SemanticModel model, PlaceModel place, CancellationToken cancellation) =>
        model.GetInterceptableLocation(call, cancellation) is { } location
            ? new LocationModel { Version = location.Version, Data = location.Data, Place = place }
            : null;
}
