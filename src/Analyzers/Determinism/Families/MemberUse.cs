using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Weir.Analyzers.Determinism.Families;

/// <summary>A use of a member of a referenced assembly, as the families of rules ask about it.</summary>
/// <param name="Member">The member.</param>
/// <param name="Operation">Where it is used.</param>
internal sealed record MemberUse(ISymbol Member, IOperation Operation)
{
    /// <summary>Gets the type that declares the member.</summary>
    public INamedTypeSymbol Type { get; } = Member.ContainingType;

    /// <summary>Gets its full name, without type parameters: <c>System.Collections.Generic.List</c>.</summary>
    public string TypeName { get; } = FullName(Member.ContainingType);

    public string Space { get; } = Member.ContainingType.ContainingNamespace?.ToDisplayString() ?? "";

    public string Name => Member.Name;

    public bool IsConstructor => Member is IMethodSymbol { MethodKind: MethodKind.Constructor };

    public ImmutableArray<IParameterSymbol> Parameters => Member switch
    {
        IMethodSymbol method => method.Parameters,
        IPropertySymbol property => property.Parameters,
        _ => [],
    };

    public ImmutableArray<IArgumentOperation> Arguments => Operation switch
    {
        IInvocationOperation invocation => invocation.Arguments,
        IObjectCreationOperation creation => creation.Arguments,
        _ => [],
    };

    /// <summary>Gets the object that it is used of; null if there is none.</summary>
    public IOperation? Instance => Operation switch
    {
        IInvocationOperation invocation => invocation.Instance,
        IMemberReferenceOperation reference => reference.Instance,
        _ => null,
    };

    /// <summary>Whether the declaring type is one, or derives from one, of that name.</summary>
    public bool IsOf(string name) => Is(Type, name);

    /// <summary>Whether the declaring type lies in a namespace or in one below it.</summary>
    public bool IsUnder(string root) => Space == root || Space.StartsWith(root + ".", StringComparison.Ordinal);

    public static bool Is(ITypeSymbol? type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current is INamedTypeSymbol named && FullName(named) == name)
            {
                return true;
            }
        }

        return false;
    }

    public static string FullName(INamedTypeSymbol type)
    {
        var name = type.ContainingType is { } outer ? $"{FullName(outer)}.{type.Name}" : type.Name;
        return type.ContainingType is null && type.ContainingNamespace is { IsGlobalNamespace: false } space
            ? $"{space.ToDisplayString()}.{name}"
            : name;
    }

    /// <summary>Takes conversions and parentheses off.</summary>
    public static IOperation Bare(IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation { OperatorMethod: null } conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation inner:
                    operation = inner.Operand;
                    break;
                default:
                    return operation;
            }
        }
    }
}
