using Microsoft.CodeAnalysis;

namespace Weir.Generators.Pipelines.Parsing;

/// <summary>What each LINQ call keeps of the records, and how it answers from that: exactly as <c>System.Linq</c> would from the records.</summary>
internal static class GroupCalls
{
    private const string Empty = "throw new global::System.InvalidOperationException(\"Sequence contains no elements\")";

    private static readonly string Element = Placeholder.Of(0);
    private static readonly string Extra = Placeholder.Of(1);

    /// <summary>The number of elements.</summary>
    public static string Count(GroupFields fields, GroupChain chain) => fields.Add("count", chain.Counted, [Field("Count", "long")], "{0}++;");

    /// <summary>Whether there is an element.</summary>
    public static string Any(GroupFields fields, GroupChain chain) => fields.Add("any", chain.Counted, [Field("Any", "bool")], "{0} = true;");

    /// <summary>The sum of a numeric type, or null if LINQ has none for it.</summary>
    public static string? Sum(GroupFields fields, GroupChain chain, ITypeSymbol type)
    {
        var number = Number(type, out var isNullable);
        if (SumType(number) is not { } sumType)
        {
            return null;
        }

        // LINQ adds int to int and float to double.
        var sum = number.SpecialType == SpecialType.System_Int32 ? SumField(fields, chain, "int", isNullable) : SumField(fields, chain, sumType, isNullable);
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
            ? fields.Add("count values", chain, [Field("Values", "long")], $"if ({Element}.HasValue) {{ {{0}}++; }}")
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
            var nan = type.SpecialType is SpecialType.System_Double or SpecialType.System_Single
                ? $" || {type.ToDisplayString()}.IsNaN({(isMax ? "{0}" : Element)})"
                : "";
            return fields.Add(name, chain, [Field(name, chain.Element) with { Initial = limit }], $"if ({Element} {order} {{0}}{nan}) {{ {{0}} = {Element}; }}");
        }

        var compare = $"global::System.Collections.Generic.Comparer<{chain.Element}>.Default.Compare({Element}, {{0}}) {order} 0";
        if (CanBeNull(type))
        {
            return fields.Add(name, chain, [Field(name, chain.Element)], $"if ({Element} is not null && ({{0}} is null || {compare})) {{ {{0}} = {Element}; }}");
        }

        var extreme = fields.Add(name, chain, [Field(name, chain.Element), Field("Has" + name, "bool")], $"if (!{{1}} || {compare}) {{ {{0}} = {Element}; {{1}} = true; }}");
        return $"({GroupFields.Second(extreme, name, "Has" + name)} ? {extreme} : {Empty})";
    }

    /// <summary>The element with the least or greatest key.</summary>
    public static string ExtremeBy(GroupFields fields, GroupChain chain, ITypeSymbol element, FunctionModel key, ITypeSymbol keyType, string keyName, bool isMax)
    {
        var name = isMax ? "MaxBy" : "MinBy";
        var compare = $"global::System.Collections.Generic.Comparer<{keyName}>.Default.Compare({Extra}, {{1}}) {(isMax ? ">" : "<")} 0";
        var better = CanBeNull(keyType) ? $"({Extra} is not null && ({{1}} is null || {compare}))" : compare;

        // A third field after the two that the statement names: it shares their ordinal.
        var has = fields.Add($"any {name}", chain, [Field("Has" + name, "bool")], "", (key, keyName));
        var first = fields.Add(
            name,
            chain,
            [Field(name, chain.Element), Field(name + "Key", keyName)],
            $"if (!{has} || {better}) {{ {{0}} = {Element}; {{1}} = {Extra}; {has} = true; }}",
            (key, keyName));
        return CanBeNull(element) ? first : Guarded(chain, has, first);
    }

    /// <summary>The first or last element.</summary>
    public static string End(GroupFields fields, GroupChain chain, bool isLast, bool orDefault)
    {
        var name = isLast ? "Last" : "First";
        var statement = isLast ? $"{{0}} = {Element}; {{1}} = true;" : $"if (!{{1}}) {{ {{0}} = {Element}; {{1}} = true; }}";
        var end = fields.Add(name, chain, [Field(name, chain.Element), Field("Has" + name, "bool")], statement);
        return orDefault ? end : Guarded(chain, GroupFields.Second(end, name, "Has" + name), end);
    }

    /// <summary>A fold of the user's own.</summary>
    public static string Fold(GroupFields fields, GroupChain chain, string type, string seed, FunctionModel fold) =>
        fields.Add($"fold {type} {seed}", chain, [Field("Fold", type) with { Initial = seed }], $"{{0}} = {Extra};", (fold, type), folds: true);

    /// <summary>The number of distinct elements.</summary>
    public static string Distinct(GroupFields fields, GroupChain chain) =>
        fields.Add("distinct", chain, [Field("Distinct", chain.Element) with { IsSet = true }], $"{{0}}.Add({Element});");

    private static string Guarded(GroupChain chain, string has, string value) => chain.MayBeEmpty ? $"({has} ? {value} : {Empty})" : value;

    // An average of negative zeros is one, but a sum of them is not: the field begins as the neutral element of both.
    private static string SumField(GroupFields fields, GroupChain chain, string type, bool isNullable)
    {
        var addend = isNullable ? $"{Element}.GetValueOrDefault()" : Element;
        return fields.Add(
            $"sum {type} {isNullable}",
            chain,
            [Field("Sum", type) with { Initial = type == "double" ? "-0.0" : "" }],
            type is "int" or "long" ? $"{{0}} = checked({{0}} + {addend});" : $"{{0}} += {addend};");
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
    public static bool CanBeNull(ITypeSymbol type) => type.IsReferenceType || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
}
