using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Weir.Generators.Pipelines.Parsing;

namespace Weir.Generators.Pipelines.Following;

/// <summary>Says which streams an expression may be, and finds the verb calls in it.</summary>
/// <param name="follower">What is followed.</param>
internal sealed class ExpressionFollower(Follower follower)
{
    /// <summary>The streams that an expression may be; null if nothing is known of it, or it is none.</summary>
    public StreamValue? Follow(ExpressionSyntax? expression)
    {
        follower.Cancellation.ThrowIfCancellationRequested();
        switch (expression)
        {
            case null or LiteralExpressionSyntax or TypeSyntax and not SimpleNameSyntax:
                return null;
            case ParenthesizedExpressionSyntax inner:
                return Follow(inner.Expression);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } inner:
                return Follow(inner.Operand);
            case CastExpressionSyntax cast:
                return Follow(cast.Expression);
            case CheckedExpressionSyntax inner:
                return Follow(inner.Expression);
            case IdentifierNameSyntax name:
                return OfVariable(name);
            case AssignmentExpressionSyntax assignment:
                return OfAssignment(assignment);
            case ConditionalExpressionSyntax conditional:
                Use(conditional.Condition);
                return Either(() => Follow(conditional.WhenTrue), () => Follow(conditional.WhenFalse));
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce:
                var left = Follow(coalesce.Left);
                return Either(() => left, () => Follow(coalesce.Right));
            case SwitchExpressionSyntax choice:
                Use(choice.GoverningExpression);
                return Either([.. choice.Arms.Select<SwitchExpressionArmSyntax, Func<StreamValue?>>(arm => () =>
                {
                    Use(arm.WhenClause?.Condition);
                    return Follow(arm.Expression);
                })]);
            case ConditionalAccessExpressionSyntax access:
                Follow(access.Expression);
                return Follow(access.WhenNotNull);
            case InvocationExpressionSyntax call:
                return OfCall(call);
            case QueryExpressionSyntax query:
                return OfQuery(query);
            case AnonymousFunctionExpressionSyntax function:
                follower.Methods.FollowFunction(function);
                return null;
            default:
                UseChildren(expression);
                return null;
        }
    }

    /// <summary>Follows an expression whose value goes where nobody follows it.</summary>
    public void Use(ExpressionSyntax? expression)
    {
        if (Follow(expression) is { } value)
        {
            follower.Stray(expression!, value);
        }
    }

    /// <summary>Follows all expressions below a node.</summary>
    public void UseChildren(SyntaxNode node)
    {
        foreach (var child in node.ChildNodes())
        {
            if (child is ExpressionSyntax expression)
            {
                Use(expression);
            }
            else
            {
                UseChildren(child);
            }
        }
    }

    /// <summary>Gives a variable what it holds from now on.</summary>
    public void Assign(ISymbol? variable, StreamValue? value)
    {
        if (variable is ILocalSymbol or IParameterSymbol && follower.Now is { } now
            && (value is not null || StreamTypes.IsStream(TypeOf(variable)) || now[variable] is not null))
        {
            follower.Now = now.With(variable, value ?? StreamValue.Unknown);
        }
    }

    private static ITypeSymbol TypeOf(ISymbol variable) => variable is ILocalSymbol local ? local.Type : ((IParameterSymbol)variable).Type;

    private StreamValue? OfVariable(IdentifierNameSyntax name) =>
        follower.Model.GetSymbolInfo(name, follower.Cancellation).Symbol is ILocalSymbol or IParameterSymbol
        && follower.Model.GetSymbolInfo(name, follower.Cancellation).Symbol is { } variable
            ? follower.Methods.Holds(variable)
            : null;

    private StreamValue? OfAssignment(AssignmentExpressionSyntax assignment)
    {
        var value = Follow(assignment.Right);
        if (assignment.Left is IdentifierNameSyntax name)
        {
            var variable = follower.Model.GetSymbolInfo(name, follower.Cancellation).Symbol;
            if (assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression) && OfVariable(name) is { } before)
            {
                value = before.Or(value ?? StreamValue.Unknown);
            }

            if (variable is IFieldSymbol or IPropertySymbol && value is not null)
            {
                follower.Stray(assignment.Right, value);
            }

            Assign(variable, value);
            return value;
        }

        Use(assignment.Left is TupleExpressionSyntax or DeclarationExpressionSyntax ? null : assignment.Left);
        if (value is not null)
        {
            follower.Stray(assignment.Right, value);
        }

        foreach (var target in assignment.Left.DescendantNodesAndSelf())
        {
            var variable = target is IdentifierNameSyntax ? follower.Model.GetSymbolInfo(target, follower.Cancellation).Symbol
                : target is SingleVariableDesignationSyntax ? follower.Model.GetDeclaredSymbol(target, follower.Cancellation)
                : null;
            Assign(variable is ILocalSymbol or IParameterSymbol ? variable : null, null);
        }

        return null;
    }

    private StreamValue? Either(params Func<StreamValue?>[] ways)
    {
        var before = follower.Now;
        Variables? after = null;
        StreamValue? value = null;
        var isKnown = true;
        foreach (var way in ways)
        {
            follower.Now = before;
            var one = way();
            isKnown &= one is not null;
            value = one is null ? value : value is null ? one : value.Or(one);
            after = Variables.Join(after, follower.Now);
        }

        follower.Now = ways.Length == 0 ? before : after;
        return value is null || isKnown ? value : value.Or(StreamValue.Unknown);
    }

    private StreamValue? OfCall(InvocationExpressionSyntax call)
    {
        if (follower.VerbOf(call) is not { } verb)
        {
            return follower.Methods.FollowCall(call);
        }

        var inputs = verb.Inputs().Select(input => Follow(input) ?? StreamValue.Unknown).ToArray();
        var consumed = new HashSet<SyntaxNode>(verb.Inputs().OfType<ExpressionSyntax>());
        foreach (var argument in call.ArgumentList.Arguments.Where(argument => !consumed.Contains(argument.Expression)))
        {
            if (!verb.IsFunction(argument.Expression) && argument.Expression is not DeclarationExpressionSyntax)
            {
                Use(argument.Expression);
            }
        }

        if (call.Expression is MemberAccessExpressionSyntax access && inputs.Length == 0)
        {
            Use(access.Expression);
        }

        return OfVerb(verb, inputs);
    }

    private StreamValue OfVerb(VerbCall verb, StreamValue[] inputs)
    {
        switch (verb.Role)
        {
            case VerbRole.Note:
                foreach (var call in verb.Verb == "WithParallelism" ? inputs[0].Calls : [])
                {
                    follower.Calls[call].HasParallelism = true;
                }

                foreach (var call in verb.Verb == "OnError" ? inputs[0].Calls : [])
                {
                    follower.Calls[call].CatchesErrors = true;
                }

                // Records that fail in WithEventTime have no event time.
                AssignBeside(verb, StreamValue.Unknown);
                return inputs[0];
            case VerbRole.Cut when verb.IsOfKeyed:
                return inputs[0] with { Windows = WindowKinds.CutBy(verb, follower.Cancellation) };
            case VerbRole.Windowing:
                var windows = inputs[0].Windows ?? WindowsValue.Elsewhere;
                AssignBeside(verb, windows.NeedEventTime == true ? StreamValue.Late : StreamValue.Unknown);
                return inputs[0] with { Windows = windows.Behind(verb) };
            case VerbRole.Beside:
                return inputs[0].Beside();
            case VerbRole.Pairing:
                return inputs[0] with { Second = inputs.ElementAtOrDefault(1) ?? StreamValue.Unknown };
            default:
                var made = follower.Add(verb, inputs is [{ Second: { } second } first] ? [first, second] : inputs);
                AssignBeside(verb, made.Beside());
                return verb.Role == VerbRole.Cut ? made with { Windows = WindowKinds.CutBy(verb, follower.Cancellation) } : made;
        }
    }

    // The streams beside the main one, which no loop goes on with.
    private void AssignBeside(VerbCall verb, StreamValue value)
    {
        foreach (var beside in verb.Beside())
        {
            var variable = beside is DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax designation }
                ? follower.Model.GetDeclaredSymbol(designation, follower.Cancellation)
                : follower.Model.GetSymbolInfo(beside, follower.Cancellation).Symbol;
            Assign(variable, value);
        }
    }

    private StreamValue? OfQuery(QueryExpressionSyntax query) =>
        follower.Model.GetOperation(query, follower.Cancellation) is ITranslatedQueryOperation translated
            ? OfClause(translated.Operation)
            : null;

    private StreamValue? OfClause(IOperation operation)
    {
        while (operation is IConversionOperation { IsImplicit: true } conversion)
        {
            operation = conversion.Operand;
        }

        if (operation is not IInvocationOperation call || operation.Syntax is ExpressionSyntax)
        {
            return Follow(operation.Syntax as ExpressionSyntax);
        }

        var source = call.Arguments.Length > 0 ? OfClause(call.Arguments[0].Value) : null;
        if (VerbCall.Of(call, follower.Model) is { } verb)
        {
            return OfVerb(verb, [source ?? StreamValue.Unknown]);
        }

        if (source is not null)
        {
            follower.Stray(operation.Syntax, source);
        }

        return null;
    }
}
