using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Weir.Generators.Pipelines.Following;
using Weir.Generators.Reading;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Finds which windows an expression may say, as far as can be known before it runs.</summary>
/// <param name="compilation">The user's project.</param>
/// <param name="cancellation">Cancels the reading.</param>
internal sealed class WindowKinds(Compilation compilation, CancellationToken cancellation)
{
    // Variables that are made of variables.
    private const int GreatestDepth = 8;

    /// <summary>The windows that a verb cuts a stream into.</summary>
    public static WindowsValue CutBy(VerbCall verb, CancellationToken cancellation)
    {
        var kinds = verb.Argument("window") is { } argument
            ? new WindowKinds(verb.Model.Compilation, cancellation).Of(verb.Model.GetOperation(argument, cancellation), 0)
            : new Kinds(WindowForms.Any, null);
        return new WindowsValue(verb.Name, kinds.Forms, kinds.NeedEventTime, Evict: false, TakeLate: false)
        {
            Merge = kinds.Merge,
            ShareCounted = kinds.ShareCounted,
        };
    }

    private Kinds Of(IOperation? operation, int depth) => depth > GreatestDepth ? OfType(operation?.Type) : operation switch
    {
        IConversionOperation conversion => Of(conversion.Operand, depth),
        IParenthesizedOperation inner => Of(inner.Operand, depth),
        IConditionalOperation { WhenFalse: { } other } either => Of(either.WhenTrue, depth).Or(Of(other, depth)),
        ICoalesceOperation either => Of(either.Value, depth).Or(Of(either.WhenNull, depth)),
        ISwitchExpressionOperation { Arms.Length: > 0 } choice => choice.Arms.Where(static arm => arm.Value is not IThrowOperation)
            .Select(arm => Of(arm.Value, depth)).Aggregate((Kinds?)null, static (all, one) => all is { } some ? some.Or(one) : one)
            ?? OfType(choice.Type),
        IInvocationOperation { TargetMethod: { Name: "InProcessingTime" } method } call when IsOurs(method.ContainingType) =>
            InProcessingTime(Of(call.Instance ?? call.Arguments[0].Value, depth)),
        IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Of", ReturnType.Name: "CountWindow", Parameters.Length: 1 } method }
            when IsOurs(method.ContainingType) => OfType(method.ReturnType) with { ShareCounted = false },
        IInvocationOperation { TargetMethod: { IsStatic: true } method } when IsOurs(method.ContainingType) && IsOurs(method.ReturnType) =>
            OfEventTime(OfType(method.ReturnType)),
        ILocalReferenceOperation { Local: var local } => OfDeclared(local, operation, depth),
        IFieldReferenceOperation { Field: { IsReadOnly: true } field } => OfMember(field, operation, depth),
        IPropertyReferenceOperation { Property: { IsReadOnly: true, IsVirtual: false, IsOverride: false, IsAbstract: false } property } =>
            OfMember(property, operation, depth),
        _ => OfType(operation?.Type),
    };

    // A local that is declared with its value and never assigned again.
    private Kinds OfDeclared(ILocalSymbol local, IOperation use, int depth) =>
        local.DeclaringSyntaxReferences is [var only]
        && only.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: { } value } declarator
        && use.SemanticModel is { } model
        && VariableWrites.IsNeverWritten(local, declarator, model, cancellation)
            ? Of(model.GetOperation(value, cancellation), depth + 1)
            : OfType(local.Type);

    // A field or a property that cannot change; a constructor might give it another value than its initializer.
    private Kinds OfMember(ISymbol member, IOperation use, int depth)
    {
        var byType = OfType(use.Type);
        if (IsOurs(member.ContainingType))
        {
            return OfEventTime(byType);
        }

        if (member.DeclaringSyntaxReferences is not [var only] || !compilation.ContainsSyntaxTree(only.SyntaxTree)
            || member.ContainingType.Constructors.Any(one => one.IsStatic == member.IsStatic && !one.IsImplicitlyDeclared))
        {
            return byType;
        }

        var declaration = only.GetSyntax(cancellation);
        BodyReads.Note(declaration);
        var value = declaration switch
        {
            VariableDeclaratorSyntax field => field.Initializer?.Value,
            PropertyDeclarationSyntax property => property.Initializer?.Value ?? property.ExpressionBody?.Expression,
            _ => null,
        };
        return value is null ? byType : Of(ModelOf(value.SyntaxTree).GetOperation(value, cancellation), depth + 1);
    }

    // What is made here counts by event time, until it says otherwise.
    private static Kinds OfEventTime(Kinds kinds) => kinds.Forms switch
    {
        WindowForms.Sliced | WindowForms.General => kinds with { Forms = WindowForms.Sliced, NeedEventTime = true },
        WindowForms.Overlapping | WindowForms.General => kinds with { Forms = WindowForms.Overlapping, NeedEventTime = true },
        WindowForms.Session | WindowForms.General => kinds with { Forms = WindowForms.Session, NeedEventTime = true },
        WindowForms.General when kinds.NeedEventTime is null => kinds with { NeedEventTime = true },
        _ => kinds,
    };

    private static Kinds InProcessingTime(Kinds kinds) => kinds.Forms == WindowForms.Counted ? kinds
        : kinds with { Forms = (kinds.Forms & WindowForms.Counted) | WindowForms.General, NeedEventTime = false };

    private static Kinds OfType(ITypeSymbol? type)
    {
        for (var kind = type; kind is not null; kind = kind.BaseType)
        {
            if (!IsOurs(kind))
            {
                continue;
            }

            switch (kind.Name)
            {
                case "Tumbling" or "CalendarWindow":
                    return new(WindowForms.Sliced | WindowForms.General, null);
                case "Sliding" or "Cumulative":
                    return new(WindowForms.Overlapping | WindowForms.General, null);
                case "AlignedWindows":
                    return new(WindowForms.Sliced | WindowForms.Overlapping | WindowForms.General, null);
                case "SessionWindow" when kind is INamedTypeSymbol { IsGenericType: false }:
                    return new(WindowForms.Session | WindowForms.General, null, Merge: true);
                case "SessionWindow":
                    return new(WindowForms.General, null, Merge: true);
                case "CountWindow":
                    return new(WindowForms.Counted, false, ShareCounted: true);
                case "GlobalWindow":
                    return new(WindowForms.General, false);
                case "WindowKind" when kind is INamedTypeSymbol { IsGenericType: true }
                    || !SymbolEqualityComparer.Default.Equals(kind, type):
                    return new(WindowForms.General, null);
            }
        }

        return new(WindowForms.Any, null);
    }

    private static bool IsOurs(ITypeSymbol? type) =>
        type?.ContainingNamespace is { Name: "Weir", ContainingNamespace.IsGlobalNamespace: true };

    private SemanticModel ModelOf(SyntaxTree tree) => Semantics.Of(compilation, tree);

    private sealed record Kinds(WindowForms Forms, bool? NeedEventTime, bool Merge = false, bool ShareCounted = false)
    {
        public Kinds Or(Kinds other) => new(
            Forms | other.Forms,
            NeedEventTime == other.NeedEventTime ? NeedEventTime : null,
            Merge || other.Merge,
            ShareCounted || other.ShareCounted);
    }
}
