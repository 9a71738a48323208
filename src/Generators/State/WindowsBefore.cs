using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Pipelines.Following;
using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Reading;

namespace Weir.Generators.State;

/// <summary>Finds the windows that a verb ends, from the calls in front of it and variables that are not assigned again.</summary>
internal static class WindowsBefore
{
    // Variables that are made of variables.
    private const int GreatestDepth = 8;

    /// <summary>The windows; <see cref="WindowsValue.Elsewhere"/> where the text does not tell.</summary>
    public static WindowsValue Of(VerbCall call, CancellationToken cancellation) => call.IsOfKeyed ? WindowsValue.Running
        : Of(call.Inputs().FirstOrDefault(), call.Model, GreatestDepth, cancellation);

    private static WindowsValue Of(ExpressionSyntax? written, SemanticModel model, int depth, CancellationToken cancellation)
    {
        switch (written is null || depth == 0 ? null : FunctionParser.Unwrap(written))
        {
            case InvocationExpressionSyntax syntax when VerbCall.Of(syntax, model, cancellation) is { } call:
                return call.Role switch
                {
                    VerbRole.Cut => WindowKinds.CutBy(call, cancellation),
                    VerbRole.Windowing => Of(call.Inputs().FirstOrDefault(), model, depth, cancellation).Behind(call),
                    _ => WindowsValue.Elsewhere,
                };
            case IdentifierNameSyntax name when model.GetSymbolInfo(name, cancellation).Symbol is ILocalSymbol local
                && local.DeclaringSyntaxReferences is [var only]
                && BodyReads.Noted(only.GetSyntax(cancellation)) is VariableDeclaratorSyntax { Initializer.Value: { } value } declarator
                && declarator.SyntaxTree == model.SyntaxTree
                && VariableWrites.IsNeverWritten(local, declarator, model, cancellation):
                return Of(value, model, depth - 1, cancellation);
            default:
                return WindowsValue.Elsewhere;
        }
    }
}
