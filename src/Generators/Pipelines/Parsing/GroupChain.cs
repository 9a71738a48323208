using Microsoft.CodeAnalysis;
using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>The <c>Where</c> and <c>Select</c> calls in front of a LINQ call, and what comes out of them.</summary>
/// <param name="Record">The records of the group.</param>
/// <param name="Steps">The calls.</param>
/// <param name="Element">The type that comes out.</param>
/// <param name="CanFail">Whether a function may throw.</param>
/// <param name="EndsInFailure">Whether the function of the last call may, and the call is a <c>Select</c>.</param>
internal sealed record GroupChain(
    NamedTypeModel Record, EquatableArray<StepModel> Steps, ITypeSymbol Element, bool CanFail, bool EndsInFailure)
{
    /// <summary>Gets a value indicating whether nothing may come out although the window holds records.</summary>
    public bool MayBeEmpty => Steps.Any(static step => step is FilterStepModel);

    /// <summary>Gets what is kept of a record that made a function throw; null if none can.</summary>
    public NamedTypeModel? Failed => CanFail ? Record : null;

    /// <summary>Gets the steps that decide how many elements come out, and those that may throw.</summary>
    public EquatableArray<StepModel> Counted
    {
        get
        {
            var steps = Steps.ToList();
            while (!CanFail && steps.Count > 0 && steps[steps.Count - 1] is MapStepModel)
            {
                steps.RemoveAt(steps.Count - 1);
            }

            return new EquatableArray<StepModel>([.. steps]);
        }
    }

    public GroupChain Where(GroupFunction function, bool isNegated = false)
    {
        var step = new FilterStepModel { Function = function.Model, In = Reach.NameOf(Element), IsNegated = isNegated };
        return Then(step, Element, function.CanFail) with { EndsInFailure = false };
    }

    public GroupChain Select(GroupFunction function, ITypeSymbol output)
    {
        var step = new MapStepModel { Function = function.Model, In = Reach.NameOf(Element), Out = Reach.NameOf(output) };
        return Then(step, output, function.CanFail) with { EndsInFailure = function.CanFail || EndsInFailure };
    }

    private GroupChain Then(StepModel step, ITypeSymbol element, bool canFail) =>
        this with { Steps = new([.. Steps, step]), Element = element, CanFail = CanFail || canFail };
}

/// <summary>A function of a LINQ call.</summary>
/// <param name="Model">The function.</param>
/// <param name="CanFail">Whether it may throw.</param>
internal sealed record GroupFunction(FunctionModel Model, bool CanFail);
