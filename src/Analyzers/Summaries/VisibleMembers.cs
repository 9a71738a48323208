using Microsoft.CodeAnalysis;
using Weir.Analyzers.Determinism.Families;
using Weir.Analyzers.Determinism.Reading;
using Weir.Generators.Types;

namespace Weir.Analyzers.Summaries;

/// <summary>Which members of a project the code of others can use, and what runs when it does.</summary>
/// <param name="project">The project.</param>
internal sealed class VisibleMembers(Project project)
{
    private static readonly string[] OfPipelines =
        ["Weir.Job", "Weir.Stream", "Weir.KeyedStream", "Weir.WindowedStream", "Weir.JobOptions"];

    private readonly bool _hasFriends = project.Sources.Compilation.Assembly.GetAttributes().Any(static attribute =>
        attribute.AttributeClass?.Name == "InternalsVisibleToAttribute");

    /// <summary>All of them, with the code that a use runs first.</summary>
    public IEnumerable<(ISymbol Member, CodeUnit[] Units)> All() => project.Sources.Types
        .Where(type => IsVisible(type) && project.Sources.Has(type))
        .SelectMany(static type => type.GetMembers())
        .Where(IsVisible)
        .Select(member => (member, UnitsOf(member)))
        .Where(static pair => pair.Item2.Length > 0);

    /// <summary>The code that a use of a member runs first; none of one that somebody answers for, or that builds a pipeline.</summary>
    public CodeUnit[] UnitsOf(ISymbol member) =>
        project.Promises.IsDeterministic(member) || project.Promises.Find(member) is not null ? [] : member switch
        {
            IMethodSymbol { AssociatedSymbol: IPropertySymbol, MethodKind: MethodKind.PropertyGet } => [],
            IMethodSymbol { MethodKind: MethodKind.StaticConstructor } => [],
            IMethodSymbol method => IsOfPipeline(method) ? [] : OfMethod(method),
            IPropertySymbol { GetMethod: { } getter } property => [.. OfMethod(getter), .. Initializer(property)],
            IFieldSymbol { IsConst: false, IsStatic: true } field => Initializer(field),
            _ => [],
        };

    private CodeUnit[] OfMethod(IMethodSymbol method) =>
        [.. project.Dispatch.Targets(method, null)
            .Where(target => project.Sources.Has(target) && !project.Promises.IsDeterministic(target)
                && (!target.IsImplicitlyDeclared || target.MethodKind == MethodKind.Constructor))
            .Select(CodeUnit.Of),
            .. method.IsStatic || method.MethodKind == MethodKind.Constructor ? StaticConstructor(method.ContainingType) : []];

    private static CodeUnit[] Initializer(ISymbol member) => !member.IsStatic ? []
        : [CodeUnit.OfInitializer(member), .. StaticConstructor(member.ContainingType)];

    private static CodeUnit[] StaticConstructor(INamedTypeSymbol type) =>
        type.StaticConstructors is [{ IsImplicitlyDeclared: false } initializer] ? [CodeUnit.Of(initializer)] : [];

    // A pipeline is built once, and what it is built of may look at the world.
    private static bool IsOfPipeline(IMethodSymbol method) =>
        TypeNames.Attribute(method, "Weir.PipelineAttribute") is not null
        || method.Parameters.Select(static parameter => parameter.Type).Append(method.ReturnType).Any(static type =>
            type is INamedTypeSymbol named && OfPipelines.Contains(MemberUse.FullName(named)));

    private bool IsVisible(ISymbol symbol)
    {
        if (symbol.IsImplicitlyDeclared && symbol is not IMethodSymbol { MethodKind: MethodKind.Constructor })
        {
            return false;
        }

        for (var outer = symbol; outer is not null and not INamespaceSymbol; outer = outer.ContainingSymbol)
        {
            var isSeen = outer.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
                || (_hasFriends && outer.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedAndInternal)
                || outer is IMethodSymbol { MethodKind: MethodKind.ExplicitInterfaceImplementation };
            if (!isSeen)
            {
                return false;
            }
        }

        return true;
    }
}
