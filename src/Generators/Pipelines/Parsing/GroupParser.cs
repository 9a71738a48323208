using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// Reads <c>Aggregate(g => …)</c>: finds an accumulator that answers every LINQ call on the group, or says why there is none.
/// </summary>
/// <param name="model">The semantic model of the user's file.</param>
/// <param name="lambda">The user's function.</param>
/// <param name="record">The records of the group.</param>
/// <param name="recordName">Their type as generated code names it.</param>
/// <param name="cancellation">Cancels the reading.</param>
internal sealed class GroupParser(
    SemanticModel model, LambdaExpressionSyntax lambda, ITypeSymbol record, string recordName, CancellationToken cancellation)
{
    private readonly GroupKeeping _keeping = new(model.Compilation, cancellation);
    // What has an accumulator; the other calls of LINQ look at all records.
    private static readonly string[] Known =
    [
        "Where", "Select", "Distinct", "Count", "LongCount", "Any", "All", "Sum", "Average", "Min", "Max", "MinBy", "MaxBy", "First",
        "FirstOrDefault", "Last", "LastOrDefault", "Aggregate",
    ];

    private readonly Dictionary<SyntaxNode, BodyPartModel> _replaced = [];
    private string? _reason;

    /// <summary>Gets why the group must be buffered, and where in the user's file the reason stands; null unless it must.</summary>
    public Finding? Refusal { get; private set; }

    /// <summary>Gets the types that the accumulator may keep values of, by name, for those who need more of them.</summary>
    public IReadOnlyDictionary<string, ITypeSymbol> Types => _keeping.Types;

    public GroupAggregateModel? Parse()
    {
        if (model.GetSymbolInfo(lambda, cancellation).Symbol is not IMethodSymbol { Parameters.Length: 1 } function
            || lambda.Body is ThrowExpressionSyntax)
        {
            return Refuse("the function is not a plain lambda", lambda);
        }

        var group = function.Parameters[0];
        foreach (var name in lambda.Body.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(name => IsGroup(name, group))
            .ToArray())
        {
            if (!ReadUse(name))
            {
                return null;
            }
        }

        var parser = new BodyParser(
            model,
            lambda.Body,
            function: null,
            FunctionParser.OwnOf(lambda, model, cancellation),
            new Captures(model, lambda, lambda, cancellation),
            _replaced);
        if (parser.Parse(cancellation) is not { } result)
        {
            return Refuse($"the result {parser.Refusal!.Why}", lambda);
        }

        return new GroupAggregateModel
        {
            Record = Reach.NameOf(record) ?? recordName,
            Changed = null,
            Kept = _keeping.Kept,
            Result = result,
            Span = FunctionParser.SpanOf(lambda.Body),
        };
    }

    private bool IsGroup(IdentifierNameSyntax name, IParameterSymbol group) =>
        SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellation).Symbol, group);

    private bool ReadUse(IdentifierNameSyntax name)
    {
        if (name.Ancestors().TakeWhile(outer => outer != lambda)
            .FirstOrDefault(outer => outer is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax
                || NameSyntaxes.IsFunctionOfQuery(outer, name)) is { } nested)
        {
            return Fail("the group is used inside another function", nested);
        }

        if (name.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax called } } first
            && LinqCall.Of(called, model, cancellation) is { IsStatic: true } && called.ArgumentList.Arguments[0] == first)
        {
            return ReadChain(called);
        }

        if (name.Parent is not MemberAccessExpressionSyntax access || access.Expression != name)
        {
            return Fail($"'{name.Identifier.Text}' is used as a whole", name.Parent ?? name);
        }

        if (access.Parent is not InvocationExpressionSyntax call || call.Expression != access)
        {
            return ReadProperty(access);
        }

        return ReadChain(call);
    }

    private bool ReadProperty(MemberAccessExpressionSyntax access)
    {
        if (access.Name.Identifier.Text is not ("Key" or "Window"))
        {
            return Fail($"'{access}' is not Key, Window or a LINQ call", access);
        }

        var type = model.GetTypeInfo(access, cancellation).Type;
        _replaced[access] = new GroupPartModel
        {
            IsKey = access.Name.Identifier.Text == "Key",
            Type = type is INamedTypeSymbol { IsTupleType: true } or INamedTypeSymbol { TypeArguments.Length: > 0 }
                ? Reach.NameOf(type) : null,
        };
        return true;
    }

    private bool ReadChain(InvocationExpressionSyntax call)
    {
        if (NamedTypeParser.Parse(record) is not { } named)
        {
            return Fail("the type of its records is not accessible", call);
        }

        var chain = new GroupChain(named, default, record, CanFail: false, EndsInFailure: false);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (LinqCall.Of(call, model, cancellation) is not { Method: var method } linq)
            {
                return Fail($"'{NameOf(call)}' is no call of LINQ", call);
            }

            if (method.Name is not ("Where" or "Select" or "Distinct"))
            {
                return Finish(linq, chain);
            }

            if (LinqCall.Behind(call, model, cancellation) is not { } next)
            {
                return Fail($"the result of '{method.Name}' is used as a whole", call);
            }

            if (method.Name == "Distinct")
            {
                return FinishDistinct(call, next, method, chain);
            }

            if (method.Parameters.Length != 1 || Function(linq, 0, arity: 1) is not { } function)
            {
                return Refused(call, method);
            }

            chain = method.Name == "Select" ? chain.Select(function, method.TypeArguments[1]) : chain.Where(function);
            call = next;
        }
    }

    private bool FinishDistinct(
        InvocationExpressionSyntax distinct, InvocationExpressionSyntax next, IMethodSymbol method, GroupChain chain)
    {
        if (method.Parameters.Length != 0
            || LinqMethod(next) is not { Name: "Count" or "LongCount", Parameters.Length: 0 } count)
        {
            return Fail("'Distinct' is computed record by record only as Distinct().Count()", distinct);
        }

        if (_keeping.TypeOf(chain.Element) is not { } element)
        {
            return Refused(distinct, method);
        }

        _replaced[next] = new DistinctAnswerModel
        {
            Distinct = _keeping.Keep(new DistinctModel
            {
                Steps = chain.Steps,
                Failed = PlainTypes.Contain(chain.Element) ? chain.Failed : chain.Record,
                Element = element,
            }),
            IsLong = count.Name == "LongCount",
        };
        return true;
    }

    private bool Finish(LinqCall linq, GroupChain chain)
    {
        var (call, method) = (linq.Syntax, linq.Method);
        var arguments = method.Parameters.Length;
        if (method.Name == "Aggregate")
        {
            return FinishFold(linq, chain);
        }

        if (arguments > 1)
        {
            return Refused(call, method);
        }

        GroupFunction? function = null;
        var answer = chain.Element;
        if (arguments == 1)
        {
            if (Function(linq, 0, arity: 1) is not { } parsed)
            {
                return Refused(call, method);
            }

            function = parsed;
            answer = ((INamedTypeSymbol)method.Parameters[0].Type).TypeArguments[1];
        }

        if (AnswerOf(method.Name, chain, function, answer) is not { } found)
        {
            return Refused(call, method);
        }

        _replaced[call] = found;
        return true;
    }

    private AnswerModel? AnswerOf(string name, GroupChain chain, GroupFunction? function, ITypeSymbol answer)
    {
        var filtered = function is null ? chain : chain.Where(function);
        var selected = function is null ? chain : chain.Select(function, answer);
        return name switch
        {
            "Count" or "LongCount" => GroupCalls.Count(_keeping, filtered, isLong: name == "LongCount"),
            "Any" => GroupCalls.Any(_keeping, filtered, isAll: false),
            "All" when function is not null => GroupCalls.Any(_keeping, chain.Where(function, isNegated: true), isAll: true),
            "Sum" => GroupCalls.Sum(_keeping, selected),
            "Average" => GroupCalls.Average(_keeping, selected),
            "Min" or "Max" => GroupCalls.Extreme(_keeping, selected, isMax: name == "Max"),
            "MinBy" or "MaxBy" when function is not null => GroupCalls.ExtremeBy(_keeping, chain, function, answer, isMax: name == "MaxBy"),
            "First" or "FirstOrDefault" => GroupCalls.End(
                _keeping, filtered, isLast: false, orDefault: name == "FirstOrDefault", hasCondition: function is not null),
            "Last" or "LastOrDefault" => GroupCalls.End(
                _keeping, filtered, isLast: true, orDefault: name == "LastOrDefault", hasCondition: function is not null),
            _ => null,
        };
    }

    private bool FinishFold(LinqCall linq, GroupChain chain)
    {
        var (call, method) = (linq.Syntax, linq.Method);
        if (method.Parameters.Length is not (2 or 3)
            || _keeping.TypeOf(method.TypeArguments[1]) is not { } type
            || Function(linq, 1, arity: 2) is not { } fold
            || !Seeds.IsMadeAnew(linq.Argument(0).Expression, model)
            || FunctionParser.ParseExpression(linq.Argument(0).Expression, model, lambda, cancellation) is not { } seed)
        {
            return Refused(call, method);
        }

        FoldResultModel? made = null;
        if (method.Parameters.Length == 3)
        {
            if (Function(linq, 2, arity: 1) is not { Model: InlineFunctionModel result }
                || Reach.NameOf(method.TypeArguments[2]) is not { } resultType)
            {
                return Refused(call, method);
            }

            made = new FoldResultModel { Body = result.Body, Type = resultType };
        }

        var kept = new FoldModel
        {
            Steps = chain.Steps,
            Failed = fold.CanFail ? chain.Record : chain.Failed,
            Element = Reach.NameOf(chain.Element),
            Type = type,
            Seed = seed,
            Fold = fold.Model,
        };
        _replaced[call] = new FoldAnswerModel { Fold = _keeping.Keep(kept), Result = made };
        return true;
    }

    private GroupFunction? Function(LinqCall linq, int argument, int arity)
    {
        var method = linq.Method;
        if (method.Parameters[argument].Type is not INamedTypeSymbol { Name: "Func" } type
            || type.TypeArguments.Length != arity + 1
            || linq.Argument(argument) is not { NameColon: null } syntax)
        {
            return null;
        }

        var function = FunctionParser.Parse(syntax.Expression, model, cancellation, whole: lambda);
        if (function is not InlineFunctionModel
            && !(function is MethodFunctionModel && type.TypeArguments.All(static part => Reach.NameOf(part) is not null)))
        {
            _reason ??= function is DelegateFunctionModel { Why: var why } ? $"a function of '{method.Name}' {why}" : null;
            return null;
        }

        if (FunctionParser.Unwrap(syntax.Expression) is not AnonymousFunctionExpressionSyntax written)
        {
            _reason ??= model.GetSymbolInfo(syntax.Expression, cancellation).Symbol is not IMethodSymbol
                ? $"a function of '{method.Name}' is a delegate that is kept elsewhere"
                : FunctionEffects.HasAny(syntax.Expression, model, null, cancellation)
                ? $"a function of '{method.Name}' changes what lies outside of it, which LINQ would do when the window fires" : null;
            return _reason is null ? new GroupFunction(function, CanFail: true) : null;
        }

        var changed = arity == 2 && model.GetSymbolInfo(written, cancellation).Symbol is IMethodSymbol { Parameters: { Length: 2 } both }
            ? both[0] : null;
        if (FunctionEffects.HasAny(written.Body, model, changed, cancellation))
        {
            _reason ??= $"a function of '{method.Name}' changes what lies outside of it, which LINQ would do when the window fires";
            return null;
        }

        return new GroupFunction(function, FunctionFailures.CanFail(written.Body, model, cancellation));
    }

    private IMethodSymbol? LinqMethod(InvocationExpressionSyntax call) => LinqCall.Of(call, model, cancellation)?.Method;

    private static string NameOf(InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax access ? access.Name.Identifier.Text : call.Expression.ToString();

    private bool Refused(InvocationExpressionSyntax call, IMethodSymbol method) =>
        Fail(
            _reason ?? _keeping.Refusal ?? (Known.Contains(method.Name)
                ? $"this overload of '{method.Name}' is not computed record by record"
                : $"'{method.Name}' needs all records of the group"),
            call);

    private bool Fail(string why, SyntaxNode at)
    {
        Refuse(why, at);
        return false;
    }

    private GroupAggregateModel? Refuse(string why, SyntaxNode at)
    {
        Refusal = new Finding(FindingKind.Buffered, at, why);
        return null;
    }
}
