using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Infrastructure;
using Weir.Generators.Reading;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>The private members that one function uses, and those that they use, as far as generated code can copy them.</summary>
/// <remarks>
/// A copy of a method is the method: it has no state of its own. A field is copied if it is read-only and begins with a constant.
/// The members may be declared in other files than the pipeline; whoever caches what is read of a pipeline must know that.
/// </remarks>
/// <param name="compilation">The user's project.</param>
/// <param name="home">The type that the pipeline is declared in: its members keep their names.</param>
/// <param name="cancellation">Cancels the reading.</param>
internal sealed class OwnMembers(Compilation compilation, INamedTypeSymbol? home, CancellationToken cancellation)
{
    // A class may have no member of its own name.
    private const string ClassOfCopies = "Own";

    private readonly Dictionary<ISymbol, OwnMemberModel?> _known = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _open = new(SymbolEqualityComparer.Default);

    /// <summary>Gets all, in order of their names.</summary>
    public EquatableArray<OwnMemberModel> All =>
        new([.. _known.Values.OfType<OwnMemberModel>().OrderBy(static member => member.Name, StringComparer.Ordinal)]);

    /// <summary>The name of the copy of a member; null if there can be none.</summary>
    public string? NameOf(ISymbol member)
    {
        if (_open.Contains(member))
        {
            // It calls itself, by whatever way: the copy will call the copy.
            return Name(member);
        }

        if (!_known.TryGetValue(member, out var copy))
        {
            _open.Add(member);
            copy = member switch
            {
                IMethodSymbol method => Copy(method),
                IFieldSymbol field => Copy(field),
                _ => null,
            };
            _open.Remove(member);
            _known[member] = copy;
        }

        return copy?.Name;
    }

    private string Name(ISymbol member) =>
        SymbolEqualityComparer.Default.Equals(member.ContainingType, home) && home!.GetMembers(member.Name).Length == 1
        && member.Name != ClassOfCopies
            ? CSharpNames.Escape(member.Name)
            : $"{CSharpNames.Identifier(member.Name)}_{GeneratedNames.CodeOf(member.GetDocumentationCommentId() ?? member.ToString()!)}";

    private OwnMethodModel? Copy(IMethodSymbol method)
    {
        if (!method.IsStatic || method.MethodKind != MethodKind.Ordinary || method.IsAsync || method.ReturnsByRef
            || method.ReturnsByRefReadonly || method.ReturnsVoid || method.ContainingType.IsGenericType || method.IsGenericMethod
            || method.GetAttributes().Length > 0 || method.Parameters.Any(IsUnusual)
            || Reach.NameOf(method.ReturnType) is not { } returned
            || method.Parameters.Select(static parameter => Reach.NameOf(parameter.Type)).ToArray() is var types && types.Contains(null)
            || method.DeclaringSyntaxReferences.Length != 1
            || method.DeclaringSyntaxReferences[0].GetSyntax(cancellation) is not MethodDeclarationSyntax declaration
            || BodyOf(declaration) is not { } body)
        {
            return null;
        }

        // Its text is part of what the pipeline depends on.
        BodyReads.Note(declaration);
        var parser = new BodyParser(ModelOf(body), body, method, this, captures: null);
        return parser.Parse(cancellation) is not { } parsed || FunctionParser.IsIterator(body) ? null : new OwnMethodModel
        {
            Name = Name(method),
            Type = returned,
            ParameterTypes = new([.. types.OfType<string>()]),
            ParameterNames = new([.. method.Parameters.Select(static parameter => CSharpNames.Escape(parameter.Name))]),
            Body = parsed,
            File = body.SyntaxTree.FilePath is { Length: > 0 } file ? file : null,
            Span = FunctionParser.SpanOf(body),
        };
    }

    private OwnFieldModel? Copy(IFieldSymbol field)
    {
        if (field is not { IsStatic: true, IsReadOnly: true }
            || field.Type.SpecialType is not (>= SpecialType.System_Boolean and <= SpecialType.System_String)
            || field.GetAttributes().Length > 0
            || field.ContainingType.IsGenericType
            || field.ContainingType.StaticConstructors.Any(static constructor => !constructor.IsImplicitlyDeclared)
            || field.DeclaringSyntaxReferences.Length != 1
            || field.DeclaringSyntaxReferences[0].GetSyntax(cancellation) is not VariableDeclaratorSyntax
            {
                Initializer.Value: { } initializer
            } declaration)
        {
            return null;
        }

        BodyReads.Note(declaration);
        return ModelOf(initializer).GetConstantValue(initializer, cancellation) is { HasValue: true } constant
            && ConstantParser.Parse(field.Type, constant.Value) is { } value
                ? new OwnFieldModel { Name = Name(field), Type = value.Type, Value = value }
                : null;
    }

    private SemanticModel ModelOf(SyntaxNode node) => Semantics.Of(compilation, node.SyntaxTree);

    private static SyntaxNode? BodyOf(MethodDeclarationSyntax declaration) =>
        BodyReads.Noted(declaration).Body is { } block ? block
            : declaration.ExpressionBody?.Expression is { } expression and not ThrowExpressionSyntax
            and not RefExpressionSyntax ? expression : null;

    private static bool IsUnusual(IParameterSymbol parameter) =>
        parameter.RefKind != RefKind.None || parameter.IsParams || parameter.IsOptional || parameter.IsThis
        || parameter.GetAttributes().Length > 0;
}
