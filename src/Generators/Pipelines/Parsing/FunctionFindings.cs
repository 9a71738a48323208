namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Says of functions that a loop calls by their delegates why, and of verbs that have no loop.</summary>
/// <param name="findings">Takes what the author should know.</param>
/// <param name="cancellation">Cancels the reading.</param>
internal sealed class FunctionFindings(List<Finding> findings, CancellationToken cancellation)
{
    /// <summary>Says it of a function, if it is called by its delegate.</summary>
    public void Add(VerbCall call, string parameter, FunctionModel function)
    {
        cancellation.ThrowIfCancellationRequested();
        if (function is DelegateFunctionModel { Why: var why, Cure: var cure })
        {
            findings.Add(new Finding(
                FindingKind.Delegate,
                call.Argument(parameter) ?? call.Name,
                $"its function {why}",
                cure));
        }
    }

    /// <summary>Says that a verb has no loop.</summary>
    public void Interpreted(VerbCall call, Refusal? refusal) => findings.Add(new Finding(
        FindingKind.Interpreted,
        call.Name,
        refusal?.Why ?? "a type of its records cannot be named by generated code",
        refusal?.Cure ?? "declare a record for it"));
}
