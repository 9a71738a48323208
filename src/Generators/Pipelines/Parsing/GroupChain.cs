using Microsoft.CodeAnalysis;
using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>The <c>Where</c> and <c>Select</c> calls in front of a LINQ call, and what comes out of them.</summary>
/// <param name="Steps">The calls.</param>
/// <param name="Element">The type that comes out.</param>
internal sealed record GroupChain(EquatableArray<StepModel> Steps, ITypeSymbol Element)
{
    /// <summary>Gets a value indicating whether nothing may come out although the window holds records.</summary>
    public bool MayBeEmpty => Steps.Any(static step => step is FilterStepModel);

    /// <summary>Gets the steps that decide how many elements come out.</summary>
    public EquatableArray<StepModel> Counted
    {
        get
        {
            var steps = Steps.ToList();
            while (steps.Count > 0 && steps[steps.Count - 1] is MapStepModel)
            {
                steps.RemoveAt(steps.Count - 1);
            }

            return new EquatableArray<StepModel>([.. steps]);
        }
    }

    public GroupChain Where(FunctionModel function, bool isNegated = false) =>
        Then(new FilterStepModel { Function = function, In = Reach.NameOf(Element), IsNegated = isNegated }, Element);

    public GroupChain Select(FunctionModel function, ITypeSymbol output) =>
        Then(new MapStepModel { Function = function, In = Reach.NameOf(Element), Out = Reach.NameOf(output) }, output);

    private GroupChain Then(StepModel step, ITypeSymbol element) => new(new EquatableArray<StepModel>([.. Steps, step]), element);
}
