using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Weir.Generators.Reading;

/// <summary>The semantic models that parsers ask.</summary>
/// <remarks>
/// Models that know nothing of nulls: the compiler binds a body once for them, and with nulls it goes through it a second time, which costs
/// two thirds of the first. Names in generated code carry no <c>?</c>, and the few questions about nulls ask another model.
/// </remarks>
internal static class Semantics
{
    private static readonly ConditionalWeakTable<SemanticModel, SemanticModel> Nullable = new();

#pragma warning disable RSEXPERIMENTAL001 // Models without nullable analysis are new, and what an editor's own features use.
#pragma warning disable RS1030 // Members stand in other files, too.

    /// <summary>The model of a file.</summary>
    public static SemanticModel Of(Compilation compilation, SyntaxTree tree) =>
        compilation.GetSemanticModel(tree, SemanticModelOptions.DisableNullableAnalysis);

    /// <summary>Whether the compiler has seen that an expression is not null.</summary>
    public static bool IsNotNull(SyntaxNode expression, SemanticModel model)
    {
        var knowing = !model.NullableAnalysisIsDisabled ? model
            : Nullable.GetValue(model, static plain => plain.Compilation.GetSemanticModel(plain.SyntaxTree));
        return knowing.GetTypeInfo(expression).Nullability.FlowState == NullableFlowState.NotNull;
    }
}
