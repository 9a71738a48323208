using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>Reads a function that was given by the name of a method: it becomes a direct call of what the name is bound to.</summary>
/// <param name="model">The semantic model of the user's file.</param>
/// <param name="argument">The name as it was written.</param>
/// <param name="cancellation">Cancels the reading.</param>
internal sealed class NamedFunctionParser(SemanticModel model, ExpressionSyntax argument, CancellationToken cancellation)
{
    /// <summary>The function, or a delegate that says why it is called.</summary>
    /// <param name="reference">The name, as the compiler understands it.</param>
    /// <param name="type">The delegate's type.</param>
    /// <param name="isPart">Whether it is a part of what was handed to the verb: the object in front of its dot is not the verb's.</param>
    public FunctionModel Parse(IMethodReferenceOperation reference, INamedTypeSymbol type, bool isPart)
    {
        // Of an extension, the name is bound to its form without the receiver.
        var written = FunctionParser.Unwrap(argument);
        var method = model.GetSymbolInfo(written, cancellation).Symbol as IMethodSymbol ?? reference.Method;
        var receiver = method.ReducedFrom is not null ? (written as MemberAccessExpressionSyntax)?.Expression
            : method.IsStatic ? null
            : reference.Instance?.Syntax;
        var captured = CapturedOf(method, receiver, reference.Instance?.Type, isPart, out var refusal);
        refusal ??= Refuse(method, type);
        var own = FunctionParser.OwnOf(argument, model, cancellation);
        var copy = refusal is null && !Reach.CanReach(method.OriginalDefinition) && captured is null ? own.NameOf(method) : null;
        if (refusal is null && copy is null && !Reach.CanReach(method.OriginalDefinition))
        {
            refusal = new Refusal(
                $"is '{method.Name}', which is not accessible outside its type", $"make '{method.Name}' internal");
        }

        if (refusal is not null || type.DelegateInvokeMethod is not { } invoke)
        {
            return FunctionParser.Delegate(argument, refusal ?? new Refusal("has a type that is not known", "write a lambda"));
        }

        var called = method.ReducedFrom ?? method;
        var call = new NamedCallModel
        {
            Container = called.IsStatic && copy is null
                ? called.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) : null,
            IsOwn = copy is not null,
            TakesTarget = method.ReducedFrom is not null,
            Name = copy ?? called.Name,
            TypeArguments = new([.. method.TypeArguments.Select(static part => Reach.NameOf(part)!)]),
            Conversions = new([.. method.Parameters.Zip(invoke.Parameters, static (one, given) =>
                SymbolEqualityComparer.Default.Equals(one.Type, given.Type) ? "" : Reach.NameOf(one.Type)!)]),
        };
        return new InlineFunctionModel
        {
            Body = new BodyModel
            {
                IsBlock = false,
                Parts = new([call]),
                Own = own.All,
                Captured = captured is null ? default : new([captured]),
                HasQuery = false,
            },
            Parameters = new([.. method.Parameters.Select(static (parameter, i) => new ParameterModel
            {
                Name = FormattableString.Invariant($"value{i}"), Type = null, IsByReference = false,
            })]),
            ConvertedTo = SymbolEqualityComparer.Default.Equals(method.ReturnType, invoke.ReturnType)
                ? null : Reach.NameOf(invoke.ReturnType),
            MayThrow = true,
            Span = FunctionParser.SpanOf(argument),
        };
    }

    private CapturedModel? CapturedOf(
        IMethodSymbol method, SyntaxNode? receiver, ITypeSymbol? instance, bool isPart, out Refusal? refusal)
    {
        refusal = null;
        if (receiver is null)
        {
            return null;
        }

        if (receiver is BaseExpressionSyntax)
        {
            refusal = new Refusal("is a method of 'base'", "write a static method that does not need it");
        }
        else if (isPart)
        {
            refusal = new Refusal(
                $"is a method of an object, '{method.Name}'", $"write a lambda that calls '{method.Name}'");
        }
        else if ((instance ?? model.GetTypeInfo(receiver, cancellation).Type) is not { } type || Reach.NameOf(type) is not { } name)
        {
            refusal = new Refusal("is a method of an object whose type generated code cannot name", "make the type internal");
        }
        else if (type is { IsValueType: true, IsReadOnly: false, TypeKind: not TypeKind.Enum })
        {
            refusal = new Refusal("is a method of a value that it may change", "make the type a readonly struct");
        }
        else
        {
            return new CapturedModel { Kind = CapturedKind.Target, Name = null, Type = name };
        }

        return null;
    }

    // A call by name must find the same method, and mean the same.
    private static Refusal? Refuse(IMethodSymbol method, INamedTypeSymbol type)
    {
        var types = method.Parameters.Select(static parameter => parameter.Type).Concat(method.TypeArguments).Append(method.ReturnType)
            .Concat(method.ContainingType is { } home ? [home] : []);
        return ExtensionCallParser.IsOfBlock(method) || (method.ReducedFrom is not null && ExtensionCallParser.Find(method) is null)
            ? new Refusal($"is the extension '{method.Name}'", $"write a lambda that calls '{method.Name}'")
            : method.MethodKind is not (MethodKind.Ordinary or MethodKind.ReducedExtension or MethodKind.DelegateInvoke)
                || method.Parameters.Any(static parameter => parameter.RefKind != RefKind.None)
                || type.DelegateInvokeMethod?.Parameters.Length != method.Parameters.Length
                || (method.IsStatic && (method.IsAbstract || method.IsVirtual))
                || types.Any(part => Reach.NameOf(part) is null && !IsPrivateHome(part))
                || types.Any(static part => part is IDynamicTypeSymbol)
            ? new Refusal($"is '{method.Name}', which generated code cannot call by its name", "write a lambda that calls it")
            : method.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "ConditionalAttribute" or "ObsoleteAttribute"
                && attribute.ConstructorArguments.Length > 1)
            ? new Refusal($"is '{method.Name}', which may not be called", "call another method")
            : null;

        // A copy of a private method needs no name of the type that it is declared in.
        bool IsPrivateHome(ITypeSymbol part) => method.IsStatic && SymbolEqualityComparer.Default.Equals(part, method.ContainingType);
    }
}
