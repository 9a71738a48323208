using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Weir.Generators.Corpus.Infrastructure;

/// <summary>A place that the law asks of: a verb that a loop could run, or a method elsewhere that takes or gives a stream.</summary>
/// <param name="Syntax">The call, the clause of a query, or the method group.</param>
/// <param name="Name">The name of what is called.</param>
/// <param name="IsForeign">Whether it is a method of another project, whose verbs nobody can see here.</param>
/// <param name="Functions">What it was given for the verb's functions.</param>
internal sealed record CallSite(SyntaxNode Syntax, string Name, bool IsForeign, IReadOnlyList<TextSpan> Functions)
{
    /// <summary>Where it begins for those who point at it: the receiver of a call belongs to the calls before it.</summary>
    public int Start => Syntax is InvocationExpressionSyntax call
        ? call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name.SpanStart,
            MemberBindingExpressionSyntax binding => binding.Name.SpanStart,
            _ => call.SpanStart,
        }
        : Syntax.SpanStart;

    /// <summary>All sites of a program, by binding.</summary>
    public static IEnumerable<CallSite> Of(Compilation compilation, Func<SyntaxTree, bool> isWritten) =>
        from tree in compilation.SyntaxTrees
        where isWritten(tree)
        let model = compilation.GetSemanticModel(tree)
        from root in Roots(tree, model)
        from operation in root.DescendantsAndSelf()
        let site = Of(operation, compilation)
        where site is not null
        select site;

    public bool IsAt(Location place) =>
        place.SourceTree == Syntax.SyntaxTree && place.SourceSpan.Start >= Start && place.SourceSpan.End <= Syntax.Span.End;

    /// <summary>Whether something is said of a call of the method that it stands in.</summary>
    public bool IsCalledAt(Diagnostic diagnostic) =>
        Syntax.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
        && diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan) == method.Identifier.ValueText;

    public override string ToString() =>
        $"{Syntax.SyntaxTree.FilePath}({Syntax.SyntaxTree.GetLineSpan(new TextSpan(Start, 0)).StartLinePosition.Line + 1}): {Name}";

    private static CallSite? Of(IOperation operation, Compilation compilation) => operation switch
    {
        IInvocationOperation { TargetMethod: var method } call when IsVerb(method) => new(
            call.Syntax,
            method.Name,
            false,
            [.. call.Arguments
                .Where(static argument => argument.Parameter?.Type.TypeKind == TypeKind.Delegate)
                .Select(static argument => argument.Value.Syntax.Span)]),
        IInvocationOperation { TargetMethod: var method } call when IsOfOtherProject(method, compilation) =>
            new(call.Syntax, method.Name, true, []),
        IMethodReferenceOperation { Method: var method } group when IsVerb(method) => new(group.Syntax, method.Name, false, []),
        IMethodReferenceOperation { Method: var method } group when IsOfOtherProject(method, compilation) =>
            new(group.Syntax, method.Name, true, []),
        IDynamicInvocationOperation { Operation: IDynamicMemberReferenceOperation { ContainingType.Name: "StreamVerbs" } member } call =>
            new(call.Syntax, member.MemberName, true, []),
        _ => null,
    };

    // The outermost operations of a file: bodies, initialisers, statements at its top.
    private static IEnumerable<IOperation> Roots(SyntaxTree tree, SemanticModel model)
    {
        var pending = new Stack<SyntaxNode>([tree.GetRoot()]);
        while (pending.TryPop(out var node))
        {
            if (node is not (CompilationUnitSyntax or BaseTypeDeclarationSyntax or BaseNamespaceDeclarationSyntax)
                && model.GetOperation(node) is { } operation)
            {
                yield return operation;
            }
            else
            {
                foreach (var child in node.ChildNodes())
                {
                    pending.Push(child);
                }
            }
        }
    }

    private static bool IsVerb(IMethodSymbol method) =>
        method.ContainingType.ToDisplayString() == "Weir.StreamVerbs" && method.Name switch
        {
            "Where" or "Select" or "SelectMany" or "Flatten" or "WithEventTime" or "KeyBy" or "GroupBy" => true,
            "Distinct" or "DistinctBy" or "Deduplicate" or "Lag" or "TopN" => true,
            "Split" => IsStream(method.ReturnType),
            "Aggregate" or "Reduce" =>
                (method.ReducedFrom ?? method).Parameters[0].Type.Name is "WindowedStream" or "RetractingStream",
            "Process" => (method.ReducedFrom ?? method).Parameters[0].Type.Name is "WindowedStream" or "KeyedStream",
            _ => false,
        };

    private static bool IsOfOtherProject(IMethodSymbol method, Compilation compilation) =>
        method.MethodKind is MethodKind.Ordinary or MethodKind.ReducedExtension
        && method.ContainingAssembly.Name is not "Weir"
        && !method.ContainingNamespace.ToDisplayString().StartsWith("System", StringComparison.Ordinal)
        && !SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, compilation.Assembly)
        && (method.ReducedFrom ?? method) is var whole
        && (IsStream(whole.ReturnType) || whole.Parameters.Any(static parameter => IsStream(parameter.Type)));

    private static bool IsStream(ITypeSymbol type) =>
        type is { Name: "Stream" or "KeyedStream" or "WindowedStream", ContainingNamespace.Name: "Weir" };
}
