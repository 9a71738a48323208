using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Analyzers;

/// <summary>Finds the node of a call that a person would point at.</summary>
internal static class CallName
{
    /// <summary>The name behind the dot, or the whole call if there is none.</summary>
    public static SyntaxNode Of(SyntaxNode call) =>
        call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ? access.Name : call;
}
