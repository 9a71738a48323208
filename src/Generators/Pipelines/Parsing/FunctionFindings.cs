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
        if (function is DelegateFunctionModel { Why: var why })
        {
            findings.Add(new Finding(
                FindingKind.Delegate,
                call.Argument(parameter) ?? call.Name,
                $"its function {why}",
                CureOf(why)));
        }
    }

    /// <summary>Says that a verb has no loop.</summary>
    public void Interpreted(VerbCall call, Refusal? refusal) => findings.Add(new Finding(
        FindingKind.Interpreted,
        call.Name,
        refusal?.Why ?? "a type of its records cannot be named by generated code",
        refusal?.Cure ?? "declare a record for it"));

    private static string CureOf(string why) =>
        why.StartsWith("captures", StringComparison.Ordinal)
            ? "make it a parameter of the pipeline method, a constant, or a static readonly field"
        : why.Contains("accessible") ? "make it internal or public"
        : why.Contains("'this'") || why.Contains("the object that builds") ? "make what it uses static"
        : why.Contains("local function") ? "make it a static method"
        : why.Contains("is not a lambda") ? "write the lambda where the verb is called"
        : why.Contains("made of two") ? "write one lambda that makes the whole sequence"
        : why.Contains("directives") ? "write the lambda without preprocessor directives"
        : "write it as a plain lambda over its record";
}
