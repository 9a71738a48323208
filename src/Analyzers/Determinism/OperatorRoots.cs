using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;
using Weir.Analyzers.Determinism.Reading;

namespace Weir.Analyzers.Determinism;

/// <summary>Finds where operator code begins, a file at a time.</summary>
/// <param name="project">The project.</param>
/// <param name="deterministic">The attribute of parameters and contracts.</param>
internal sealed class OperatorRoots(Project project, INamedTypeSymbol deterministic)
{
    // The names of verbs are those of the package, whatever the project does.
    private static readonly ConditionalWeakTable<IAssemblySymbol, HashSet<string>> Shipped = new();
    private static readonly ConditionalWeakTable<IAssemblySymbol, HashSet<string>> ShippedContracts = new();

    private readonly HashSet<(CodeUnit, SyntaxNode?)> _seen = [];
    private string[]? _verbs;

    private Sources Sources => project.Sources;

    /// <summary>The roots that a file holds: what its verbs are given, and its types that implement a contract.</summary>
    /// <param name="tree">The file.</param>
    /// <param name="library">Takes what a verb is given that is a member of a library.</param>
    public IEnumerable<OperatorRoot> Of(SyntaxTree tree, Action<ISymbol, IOperation, string> library)
    {
        var index = Sources.Index(tree);
        foreach (var call in Verbs.SelectMany(index.Calls).Concat(index.Queries).OrderBy(static call => call.SpanStart))
        {
            Sources.Cancellation.ThrowIfCancellationRequested();
            foreach (var root in OfCall(call, library))
            {
                yield return root;
            }
        }

        foreach (var type in index.Derived.Select(type => Sources.Model(tree).GetDeclaredSymbol(type, Sources.Cancellation))
            .OfType<INamedTypeSymbol>()
            .Where(static type => type.TypeKind is TypeKind.Class or TypeKind.Struct))
        {
            foreach (var unit in Members(type))
            {
                yield return new(unit, type.Name, null, true);
            }
        }
    }

    /// <summary>Gets the names of everything that has a parameter for operator code: a call of another name need not be bound.</summary>
    public IReadOnlyCollection<string> Verbs => _verbs ??= [.. Shipped.GetValue(deterministic.ContainingAssembly, _ => VerbsOf())
        .Concat(Sources.Trees.SelectMany(tree => Sources.Index(tree).Marked))
        .Distinct()];

    /// <summary>Gets the names of the package's types whose members the runtime calls.</summary>
    public IReadOnlyCollection<string> Contracts => ShippedContracts.GetValue(deterministic.ContainingAssembly, _ =>
        [.. Sources.TypesOf(deterministic.ContainingAssembly.GlobalNamespace).Where(IsContract).Select(static type => type.Name)]);

    private HashSet<string> VerbsOf() => [.. Sources.TypesOf(deterministic.ContainingAssembly.GlobalNamespace)
        .SelectMany(static type => type.GetMembers().OfType<IMethodSymbol>())
        .Where(method => method.Parameters.Any(IsForOperators))
        .Select(static method => method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : method.Name)];

    private bool IsForOperators(IParameterSymbol parameter) =>
        project.Promises.IsMarked(parameter)
        || (IsContract(parameter.Type.OriginalDefinition)
            && parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Ordinary });

    private bool IsContract(ITypeSymbol type) =>
        (type.TypeKind == TypeKind.Interface || type.IsAbstract) && project.Promises.IsMarked(type);

    private IEnumerable<OperatorRoot> OfCall(SyntaxNode call, Action<ISymbol, IOperation, string> library)
    {
        var operation = Sources.Operation(call);
        var calls = operation is ITranslatedQueryOperation query ? query.Descendants() : new[] { operation }.OfType<IOperation>();
        foreach (var argument in calls.SelectMany(static one => one switch
        {
            IInvocationOperation invocation => invocation.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            _ => [],
        }))
        {
            if (argument.Parameter is not { } parameter || !IsForOperators(parameter.OriginalDefinition))
            {
                continue;
            }

            var start = StartOf(argument.Syntax);
            var place = argument.Value.Syntax;
            if (IsContract(parameter.Type.OriginalDefinition))
            {
                foreach (var root in OfGiven(argument.Value, start, place, library))
                {
                    yield return root;
                }

                continue;
            }

            foreach (var target in project.Delegates.Resolve(argument.Value))
            {
                if (target.Unit is { } unit && _seen.Add((unit, place)))
                {
                    yield return new(unit, start, place, false);
                }
                else if (target is { Unit: null, Group: { } group })
                {
                    library(group.Method, group, start);
                }
            }

            if (MemberOf(MemberUse.Bare(argument.Value)) is { } member && !Sources.Has(member))
            {
                library(member, argument.Value, start);
            }
        }
    }

    // What a function is taken of that is made elsewhere.
    private static ISymbol? MemberOf(IOperation value) => value switch
    {
        IInvocationOperation { TargetMethod: { MethodKind: not MethodKind.LocalFunction } method } => method,
        IPropertyReferenceOperation property => property.Property,
        IFieldReferenceOperation field => field.Field,
        _ => null,
    };

    // An aggregate that a verb is given: its type says what runs.
    private IEnumerable<OperatorRoot> OfGiven(
        IOperation value, string start, SyntaxNode place, Action<ISymbol, IOperation, string> library)
    {
        if (MemberUse.Bare(value).Type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type)
        {
            yield break;
        }

        foreach (var member in Implementations(type.OriginalDefinition))
        {
            if (!Sources.Has(member))
            {
                library(member, value, start);
            }
            else if (CodeUnit.Of(member) is var unit && _seen.Add((unit, place)))
            {
                yield return new(unit, start, place, true);
            }
        }
    }

    private IEnumerable<CodeUnit> Members(INamedTypeSymbol type) => Implementations(type).Where(Sources.Has).Select(CodeUnit.Of);

    // The members of a type that the runtime calls, because a contract has them.
    private IEnumerable<IMethodSymbol> Implementations(INamedTypeSymbol type)
    {
        foreach (var contract in type.AllInterfaces.Where(one => project.Promises.IsMarked(one.OriginalDefinition)))
        {
            foreach (var member in contract.GetMembers().OfType<IMethodSymbol>())
            {
                if (type.FindImplementationForInterfaceMember(member) is IMethodSymbol implementation)
                {
                    yield return Dispatch.MostDerived(implementation, type);
                }
            }
        }

        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (IsContract(ancestor.OriginalDefinition))
            {
                foreach (var member in ancestor.GetMembers().OfType<IMethodSymbol>().Where(static one => one.IsAbstract || one.IsVirtual))
                {
                    var implementation = Dispatch.MostDerived(member, type);
                    if (!implementation.IsImplicitlyDeclared)
                    {
                        yield return implementation;
                    }
                }
            }
        }
    }

    private static string StartOf(SyntaxNode node)
    {
        foreach (var outer in node.Ancestors())
        {
            switch (outer)
            {
                case LocalFunctionStatementSyntax function:
                    return function.Identifier.ValueText;
                case MethodDeclarationSyntax method:
                    return method.Identifier.ValueText;
                case PropertyDeclarationSyntax property:
                    return property.Identifier.ValueText;
                case ConstructorDeclarationSyntax constructor:
                    return $"new {constructor.Identifier.ValueText}";
                case VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } field:
                    return field.Identifier.ValueText;
            }
        }

        return "Main";
    }
}
