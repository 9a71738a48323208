using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Analyzers;

/// <summary>Finds the node of a call that a person would point at.</summary>
internal static class CallName
{
    /// <summary>The name of what is called or handed over, or the whole if it has none.</summary>
    public static SyntaxNode Of(SyntaxNode call) => ((call as InvocationExpressionSyntax)?.Expression ?? call) switch
    {
        MemberAccessExpressionSyntax access => access.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        SimpleNameSyntax name => name,
        _ => call,
    };
}
