using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Weir.Analyzers.Determinism.Families;
using Weir.Analyzers.Determinism.Reading;

namespace Weir.Analyzers.Determinism;

/// <summary>Finds where operator code begins, in the whole project.</summary>
/// <param name="project">The project.</param>
/// <param name="deterministic">The attribute of parameters and contracts.</param>
internal sealed class OperatorRoots(Project project, INamedTypeSymbol deterministic)
{
    private readonly HashSet<(CodeUnit, SyntaxNode?)> _seen = [];
    private HashSet<ISymbol>? _placed;

    private Sources Sources => project.Sources;

    /// <summary>All roots; those of verbs first, in the order of the files.</summary>
    /// <param name="library">Takes what a verb is given that is a member of a library.</param>
    public IEnumerable<OperatorRoot> All(Action<IMethodReferenceOperation, string> library)
    {
        _placed = new(SymbolEqualityComparer.Default);
        var verbs = VerbNames();
        foreach (var tree in Sources.Trees)
        {
            var index = Sources.Index(tree);
            var calls = verbs.SelectMany(index.Calls).Concat(index.Queries);
            foreach (var call in calls.OrderBy(static call => call.SpanStart))
            {
                Sources.Cancellation.ThrowIfCancellationRequested();
                foreach (var root in OfCall(call, library))
                {
                    yield return root;
                }
            }
        }

        foreach (var root in OfContracts())
        {
            yield return root;
        }
    }

    // Names of everything that has a parameter for operator code: a call of another name need not be bound.
    private HashSet<string> VerbNames()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in Sources.TypesOf(deterministic.ContainingAssembly.GlobalNamespace).Concat(Sources.Types))
        {
            foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
            {
                if (method.Parameters.Any(IsForOperators))
                {
                    names.Add(method.MethodKind == MethodKind.Constructor ? type.Name : method.Name);
                }
            }
        }

        return names;
    }

    private bool IsForOperators(IParameterSymbol parameter) =>
        project.Promises.IsMarked(parameter)
        || (IsContract(parameter.Type.OriginalDefinition)
            && parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Ordinary });

    private bool IsContract(ITypeSymbol type) =>
        (type.TypeKind == TypeKind.Interface || type.IsAbstract) && project.Promises.IsMarked(type);

    private IEnumerable<OperatorRoot> OfCall(SyntaxNode call, Action<IMethodReferenceOperation, string> library)
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
                foreach (var root in OfGiven(argument.Value, start, place))
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
                    library(group, start);
                }
            }
        }
    }

    // An aggregate that a verb is given: its type says what runs.
    private IEnumerable<OperatorRoot> OfGiven(IOperation value, string start, SyntaxNode place)
    {
        if (MemberUse.Bare(value).Type is INamedTypeSymbol type && Sources.Has(type) && type.TypeKind is TypeKind.Class or TypeKind.Struct)
        {
            _placed!.Add(type.OriginalDefinition);
            foreach (var unit in Members(type.OriginalDefinition))
            {
                if (_seen.Add((unit, place)))
                {
                    yield return new(unit, start, place, true);
                }
            }
        }
    }

    private IEnumerable<OperatorRoot> OfContracts() =>
        from type in Sources.Types
        where type.TypeKind is TypeKind.Class or TypeKind.Struct && !_placed!.Contains(type)
        from unit in Members(type)
        select new OperatorRoot(unit, type.Name, null, true);

    // The members of a type that the runtime calls, because a contract has them.
    private IEnumerable<CodeUnit> Members(INamedTypeSymbol type)
    {
        foreach (var contract in type.AllInterfaces.Where(one => project.Promises.IsMarked(one.OriginalDefinition)))
        {
            foreach (var member in contract.GetMembers().OfType<IMethodSymbol>())
            {
                if (type.FindImplementationForInterfaceMember(member) is IMethodSymbol implementation
                    && Dispatch.MostDerived(implementation, type) is var last
                    && Sources.Has(last))
                {
                    yield return CodeUnit.Of(last);
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
                    if (Sources.Has(implementation) && !implementation.IsImplicitlyDeclared)
                    {
                        yield return CodeUnit.Of(implementation);
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
