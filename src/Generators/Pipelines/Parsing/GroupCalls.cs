using Microsoft.CodeAnalysis;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>
/// What each LINQ call keeps of the records, and how it answers from that: exactly as <c>System.Linq</c> would from the records.
/// </summary>
internal static class GroupCalls
{
    private const string Empty = "throw new global::System.InvalidOperationException(\"Sequence contains no elements\")";

    private static readonly string Element = Placeholder.Of(0);
    private static readonly string Extra = Placeholder.Of(1);

    /// <summary>The number of elements.</summary>
    public static string Count(GroupFields fields, GroupChain chain) =>
        fields.Add("count", chain.Counted, [Field("Count", "long")], "{0}++;", "{0} += {2};");

    /// <summary>Whether there is an element.</summary>
    public static string Any(GroupFields fields, GroupChain chain) =>
        fields.Add("any", chain.Counted, [Field("Any", "bool")], "{0} = true;", "{0} |= {2};");

    /// <summary>The sum of a numeric type, or null if LINQ has none for it.</summary>
    public static string? Sum(GroupFields fields, GroupChain chain, ITypeSymbol type)
    {
        var number = Number(type, out var isNullable);
        if (SumType(number) is not { } sumType)
        {
            return null;
        }

        // LINQ adds int to int and float to double.
        var sum = number.SpecialType == SpecialType.System_Int32 ? SumField(fields, chain, "int", isNullable)
            : SumField(fields, chain, sumType, isNullable);
        var result = sumType == "double" ? $"({number.ToDisplayString()})(0.0 + {sum})" : $"({number.ToDisplayString()}){sum}";
        return isNullable ? $"(({number.ToDisplayString()}?)({result}))" : $"({result})";
    }

    /// <summary>The average of a numeric type, or null if LINQ has none for it.</summary>
    public static string? Average(GroupFields fields, GroupChain chain, ITypeSymbol type)
    {
        var number = Number(type, out var isNullable);
        if (SumType(number) is not { } sumType)
        {
            return null;
        }

        var sum = SumField(fields, chain, sumType, isNullable);
        var count = isNullable
            ? fields.Add("count values", chain, [Field("Values", "long")], $"if ({Element}.HasValue) {{ {{0}}++; }}", "{0} += {2};")
            : Count(fields, chain);
        var average = number.SpecialType switch
        {
            SpecialType.System_Single => $"(float)({sum} / {count})",
            SpecialType.System_Int32 or SpecialType.System_Int64 => $"(double){sum} / {count}",
            _ => $"{sum} / {count}",
        };
        var resultType = number.SpecialType switch
        {
            SpecialType.System_Single => "float",
            SpecialType.System_Decimal => "decimal",
            _ => "double",
        };

        return isNullable ? $"({count} == 0 ? ({resultType}?)null : {average})"
            : chain.MayBeEmpty ? $"({count} == 0 ? {Empty} : {average})"
            : $"({average})";
    }

    /// <summary>The least or greatest element.</summary>
    public static string Extreme(GroupFields fields, GroupChain chain, ITypeSymbol type, bool isMax)
    {
        var name = isMax ? "Max" : "Min";
        var order = isMax ? ">" : "<";
        if (!chain.MayBeEmpty && Limit(type, isMax) is { } limit)
        {
            // LINQ: a NaN is less than any number.
            string Take(string element) => $"if ({element} {order} {{0}}{NaN(element)}) {{ {{0}} = {element}; }}";
            string NaN(string element) => type.SpecialType is SpecialType.System_Double or SpecialType.System_Single
                ? $" || {type.ToDisplayString()}.IsNaN({(isMax ? "{0}" : element)})"
                : "";
            return fields.Add(name, chain, [Field(name, chain.Element) with { Initial = limit }], Take(Element), Take("{2}"));
        }

        string Compare(string element) =>
            $"global::System.Collections.Generic.Comparer<{chain.Element}>.Default.Compare({element}, {{0}}) {order} 0";
        if (CanBeNull(type))
        {
            string Take(string element) => $"if ({element} is not null && ({{0}} is null || {Compare(element)})) {{ {{0}} = {element}; }}";
            return fields.Add(name, chain, [Field(name, chain.Element)], Take(Element), Take("{2}"));
        }

        var extreme = fields.Add(
            name,
            chain,
            [Field(name, chain.Element), Field("Has" + name, "bool")],
            $"if (!{{1}} || {Compare(Element)}) {{ {{0}} = {Element}; {{1}} = true; }}",
            $"if ({{3}} && (!{{1}} || {Compare("{2}")})) {{ {{0}} = {{2}}; {{1}} = true; }}");
        return $"({GroupFields.Second(extreme, name, "Has" + name)} ? {extreme} : {Empty})";
    }

    /// <summary>The element with the least or greatest key.</summary>
    public static string ExtremeBy(
        GroupFields fields, GroupChain chain, ITypeSymbol element, FunctionModel key, ITypeSymbol keyType, string keyName, bool isMax)
    {
        var name = isMax ? "MaxBy" : "MinBy";
        string Better(string extra)
        {
            var compare = $"global::System.Collections.Generic.Comparer<{keyName}>.Default.Compare({extra}, {{1}}) {(isMax ? ">" : "<")} 0";
            return CanBeNull(keyType) ? $"({extra} is not null && ({{1}} is null || {compare}))" : compare;
        }

        // A third field after the two that the statement names: it shares their ordinal.
        var has = fields.Add($"any {name}", chain, [Field("Has" + name, "bool")], "", "", (key, keyName));
        var otherHas = "__other." + has.Substring("__pane.".Length);
        var first = fields.Add(
            name,
            chain,
            [Field(name, chain.Element), Field(name + "Key", keyName)],
            $"if (!{has} || {Better(Extra)}) {{ {{0}} = {Element}; {{1}} = {Extra}; {has} = true; }}",
            $"if ({otherHas} && (!{has} || {Better("{3}")})) {{ {{0}} = {{2}}; {{1}} = {{3}}; {has} = true; }}",
            (key, keyName));
        return CanBeNull(element) ? first : Guarded(chain, has, first);
    }

    /// <summary>The first or last element.</summary>
    public static string End(GroupFields fields, GroupChain chain, bool isLast, bool orDefault)
    {
        var name = isLast ? "Last" : "First";
        var statement = isLast ? $"{{0}} = {Element}; {{1}} = true;" : $"if (!{{1}}) {{ {{0}} = {Element}; {{1}} = true; }}";
        var merge = isLast ? "if ({3}) { {0} = {2}; {1} = true; }" : "if (!{1} && {3}) { {0} = {2}; {1} = true; }";
        var end = fields.Add(name, chain, [Field(name, chain.Element), Field("Has" + name, "bool")], statement, merge);
        return orDefault ? end : Guarded(chain, GroupFields.Second(end, name, "Has" + name), end);
    }

    /// <summary>A fold of the user's own: it takes records, and nothing says how two of its results become one.</summary>
    public static string Fold(GroupFields fields, GroupChain chain, string type, string seed, FunctionModel fold) =>
        fields.Add($"fold {type} {seed}", chain, [Field("Fold", type) with { Initial = seed }], $"{{0}} = {Extra};", merge: null,
            (fold, type), folds: true);

    /// <summary>The number of distinct elements.</summary>
    public static string Distinct(GroupFields fields, GroupChain chain) =>
        fields.Add("distinct", chain, [Field("Distinct", chain.Element) with { IsSet = true }], $"{{0}}.Add({Element});",
            "{0}.UnionWith({2});");

    private static string Guarded(GroupChain chain, string has, string value) => chain.MayBeEmpty ? $"({has} ? {value} : {Empty})" : value;

    // An average of negative zeros is one, but a sum of them is not: the field begins as the neutral element of both.
    private static string SumField(GroupFields fields, GroupChain chain, string type, bool isNullable)
    {
        var addend = isNullable ? $"{Element}.GetValueOrDefault()" : Element;
        return fields.Add(
            $"sum {type} {isNullable}",
            chain,
            [Field("Sum", type) with { Initial = type == "double" ? "-0.0" : "" }],
            type is "int" or "long" ? $"{{0}} = checked({{0}} + {addend});" : $"{{0}} += {addend};",
            type is "int" or "long" ? "{0} = checked({0} + {2});" : "{0} += {2};");
    }

    private static AccumulatorFieldModel Field(string name, string type) => new(name, type, "", IsSet: false);

    private static ITypeSymbol Number(ITypeSymbol type, out bool isNullable)
    {
        isNullable = type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        return isNullable ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
    }

    private static string? SumType(ITypeSymbol number) => number.SpecialType switch
    {
        SpecialType.System_Int32 or SpecialType.System_Int64 => "long",
        SpecialType.System_Single or SpecialType.System_Double => "double",
        SpecialType.System_Decimal => "decimal",
        _ => null,
    };

    private static string? Limit(ITypeSymbol type, bool isMax) => type.SpecialType switch
    {
        SpecialType.System_Double or SpecialType.System_Single => $"{type.ToDisplayString()}.{(isMax ? "NaN" : "PositiveInfinity")}",
        SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Int32
            or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_Char or SpecialType.System_Decimal =>
            $"{type.ToDisplayString()}.{(isMax ? "MinValue" : "MaxValue")}",
        _ => null,
    };

    /// <summary>Whether a type has a null.</summary>
    public static bool CanBeNull(ITypeSymbol type) =>
        type.IsReferenceType || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
}
