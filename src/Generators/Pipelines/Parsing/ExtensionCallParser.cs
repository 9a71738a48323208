using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Generators.Infrastructure;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// Turns a call of an extension into the static call that the compiler made of it: which extensions a name finds depends on the file.
/// </summary>
internal static class ExtensionCallParser
{
    // TypeKind.Extension, which compilers have since C# 14: what is declared in an extension block.
    private const int ExtensionBlock = 14;

    /// <summary>Whether a member was declared in an extension block.</summary>
    public static bool IsOfBlock(ISymbol? symbol) => symbol?.ContainingType is { } type && (int)type.TypeKind == ExtensionBlock;

    /// <summary>Whether a call is one of an extension, with its receiver in front of the dot.</summary>
    public static bool IsExtension(IMethodSymbol method) => method.ReducedFrom is not null || IsOfBlock(method);

    /// <summary>Rewrites the call, or says why it cannot be.</summary>
    public static Refusal? Visit(InvocationExpressionSyntax call, IMethodSymbol method, BodyEdits edits)
    {
        if (call.Expression is not MemberAccessExpressionSyntax access)
        {
            return new Refusal($"calls the extension '{method.Name}' behind '?.'", $"call '{method.Name}' as a static method");
        }

        if (Find(method) is not { } target)
        {
            return new Refusal(
                $"calls the extension '{method.Name}', whose class has other methods of that name",
                $"call '{method.Name}' as a static method");
        }

        EquatableArray<string> arguments = default;
        if (access.Name is GenericNameSyntax)
        {
            var types = TypeArguments(method).Select(Reach.NameOf).ToArray();
            if (types.Contains(null))
            {
                return new Refusal($"names a type that generated code cannot, for '{method.Name}'", "make the type internal");
            }

            arguments = new([.. types.OfType<string>()]);
        }

        var isStatic = IsOfBlock(method) && method.IsStatic;
        var begin = new ExtensionCallModel
        {
            Container = target.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            Name = target.Name,
            TypeArguments = arguments,
            IsByReference = !isStatic && target.Parameters[0].RefKind == RefKind.Ref,
        };
        edits.Insert(call.SpanStart, begin);
        if (isStatic)
        {
            edits.Remove(access.Expression);
        }

        edits.Remove(access.OperatorToken.Span);
        edits.Remove(access.Name);
        edits.Replace(
            call.ArgumentList.OpenParenToken.Span,
            new ReceiverEndModel { HasMore = !isStatic && call.ArgumentList.Arguments.Count > 0 });
        return null;
    }

    /// <summary>The static method that the compiler calls; null if it cannot be told.</summary>
    public static IMethodSymbol? Find(IMethodSymbol method)
    {
        if (method.ReducedFrom is { } whole)
        {
            // A static method beside the extensions would be a candidate, too, once the call is static.
            return whole.ContainingType.GetMembers(whole.Name).OfType<IMethodSymbol>().All(static other => other.IsExtensionMethod)
                ? whole : null;
        }

        var parameters = method.Parameters.Length + (method.IsStatic ? 0 : 1);
        var same = method.ContainingType.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()
            .Where(other => other.IsStatic && other.Parameters.Length == parameters)
            .ToArray();
        return same.Length == 1 ? same[0] : null;
    }

    private static IEnumerable<ITypeSymbol> TypeArguments(IMethodSymbol method) =>
        IsOfBlock(method) ? method.ContainingType.TypeArguments.Concat(method.TypeArguments) : method.TypeArguments;
}
