using Microsoft.CodeAnalysis.CSharp.Syntax;
using Weir.Analyzers.Determinism.Families;

namespace Weir.Analyzers.Determinism;

/// <summary>A place that writes a variable, or changes what it holds.</summary>
/// <param name="Node">The expression that stands for the variable.</param>
/// <param name="IsOfValue">Whether the variable itself is written.</param>
/// <param name="IsOfMember">Whether a member of it is written: of a struct that is the variable itself, too.</param>
internal sealed record WriteSite(ExpressionSyntax Node, bool IsOfValue, bool IsOfMember = false)
{
    /// <summary>Returns the site, or null for a call that changes nothing.</summary>
    public static WriteSite? Of(ExpressionSyntax node)
    {
        var called = node.Parent switch
        {
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access when access.Expression == node =>
                access.Name.Identifier.ValueText,
            ConditionalAccessExpressionSyntax
            {
                WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding },
            } =>
                binding.Name.Identifier.ValueText,
            _ => null,
        };
        if (called is not null)
        {
            return AmbientFamily.ChangesByName(called) ? new(node, false) : null;
        }

        if (node.Parent is MemberAccessExpressionSyntax member && member.Expression == node)
        {
            return new(node, false, true);
        }

        return new(node, !(node.Parent is ElementAccessExpressionSyntax element && element.Expression == node));
    }
}
