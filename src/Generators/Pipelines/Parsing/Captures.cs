using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Infrastructure;
using Weir.Generators.Reading;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// The parameters and locals of the pipeline method that one function captured, as far as a kernel may read them once and for all.
/// </summary>
/// <remarks>The compiler keeps them in fields of an object that the delegate holds (ADR 0029).</remarks>
/// <param name="model">The semantic model of the user's file.</param>
/// <param name="function">What was handed to the verb: what is declared in it is not captured.</param>
/// <param name="place">Where it was handed on: what it captured is not written any more from there.</param>
/// <param name="cancellation">Cancels the reading.</param>
internal sealed class Captures(SemanticModel model, SyntaxNode function, SyntaxNode place, CancellationToken cancellation)
{
    private readonly Dictionary<string, CapturedModel> _variables = new(StringComparer.Ordinal);

    private CapturedModel? _this;

    /// <summary>Gets all, in order of their names.</summary>
    public EquatableArray<CapturedModel> All =>
        new([.. _variables.Values.OrderBy(static one => one.Name, StringComparer.Ordinal), .. _this is null ? [] : new[] { _this }]);

    /// <summary>Takes in a variable, or says why its value cannot be read in advance.</summary>
    public Refusal? Add(ISymbol variable)
    {
        if (variable.DeclaringSyntaxReferences.Length != 1
            || variable.DeclaringSyntaxReferences[0] is not { } reference
            || reference.SyntaxTree != function.SyntaxTree
            || BodyReads.Noted(reference.GetSyntax(cancellation)) is not { } declaration
            || function.Span.Contains(declaration.Span))
        {
            return new Refusal(
                $"captures '{variable.Name}', which is declared in a function around it", "write its value into the function");
        }

        var type = variable is IParameterSymbol parameter ? parameter.Type : ((ILocalSymbol)variable).Type;
        if (Reach.NameOf(type) is not { } name)
        {
            return new Refusal(
                $"captures '{variable.Name}', whose type generated code cannot name",
                $"capture a value of a type that is internal or public in place of '{variable.Name}'");
        }

        if (variable is IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } })
        {
            return new Refusal(
                $"uses '{variable.Name}' of the primary constructor", $"keep '{variable.Name}' in an internal property, and use that");
        }

        if (!HasFieldOfItsName(variable, declaration))
        {
            return new Refusal(
                $"captures '{variable.Name}', which is declared in a section of a switch", "put braces around the section");
        }

        if (!VariableWrites.IsSettled(variable, declaration, place, model, cancellation))
        {
            return new Refusal(
                $"captures '{variable.Name}', which is written when its value could be read already",
                $"copy '{variable.Name}' to a local that is never written, and capture that");
        }

        _variables[variable.Name] = new CapturedModel { Kind = CapturedKind.Variable, Name = variable.Name, Type = name };
        return null;
    }

    /// <summary>Takes in the object whose method builds the pipeline, or says why it cannot be reached.</summary>
    public Refusal? AddThis()
    {
        if (model.GetEnclosingSymbol(function.SpanStart, cancellation)?.ContainingType is not { IsReferenceType: true } type
            || Reach.NameOf(type) is not { } name)
        {
            return new Refusal("uses 'this', whose type generated code cannot name", "pass what it needs as part of the record");
        }

        _this = new CapturedModel { Kind = CapturedKind.This, Name = null, Type = name };
        return null;
    }

    // Sections of a switch may each declare the same name: the compiler calls those fields otherwise.
    private static bool HasFieldOfItsName(ISymbol variable, SyntaxNode declaration) =>
        SyntaxFacts.IsValidIdentifier(variable.Name)
        && (variable is IParameterSymbol
            || (variable is ILocalSymbol && declaration.Parent is not (SwitchSectionSyntax or null)
                && !declaration.Ancestors().TakeWhile(static outer => outer is not (BlockSyntax or MemberDeclarationSyntax))
                    .Any(static outer => outer is SwitchSectionSyntax or SwitchExpressionArmSyntax)));
}
