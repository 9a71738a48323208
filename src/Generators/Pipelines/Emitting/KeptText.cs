using Weir.Generators.Pipelines.Parsing;
using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>Writes what is kept for LINQ calls: its fields, what an element does to them, and how two of them become one.</summary>
internal static class KeptText
{
    /// <summary>The name of the field that the others of the same call are called after.</summary>
    public static string NameOf(KeptModel kept) => kept switch
    {
        CountModel => "Count",
        CountOfValuesModel => "Values",
        AnyModel => "Any",
        SumModel => "Sum",
        ExtremeModel { IsMax: var isMax } => isMax ? "Max" : "Min",
        ExtremeByModel { IsMax: var isMax } => isMax ? "MaxBy" : "MinBy",
        EndModel { IsLast: var isLast } => isLast ? "Last" : "First",
        FoldModel => "Fold",
        DistinctModel => "Distinct",
        _ => throw Unknown(kept),
    };

    /// <summary>The fields, before their names are made unique.</summary>
    public static IEnumerable<AccumulatorField> Fields(KeptModel kept)
    {
        var name = NameOf(kept);
        switch (kept)
        {
            case CountModel or CountOfValuesModel:
                return [Plain(name, "long")];
            case AnyModel:
                return [Plain(name, "bool")];
            case SumModel sum:
                // An average of negative zeros is one, but a sum of them is not: the field begins as the neutral element of both.
                return [Plain(name, NumberText.Name(sum.Number)) with { Initial = sum.Number == ScalarKind.Double ? "-0.0" : null }];
            case ExtremeModel { Form: ExtremeForm.Flag, Element: var element }:
                return [Of(name, element), Plain("Has" + name, "bool")];
            case ExtremeModel extreme:
                return [Of(name, extreme.Element) with { Initial = Limit(extreme) }];
            case ExtremeByModel by:
                return [Plain("Has" + name, "bool"), Of(name, by.Element), Of(name + "Key", by.KeyType)];
            case EndModel end:
                return [Of(name, end.Element), Plain("Has" + name, "bool")];
            case FoldModel fold:
                return [Of(name, fold.Type) with { Seed = fold.Seed }];
            case DistinctModel { Element.Name: var item }:
                var set = $"global::System.Collections.Generic.HashSet<{item}>";
                return [new AccumulatorField(name, set, item, FieldForm.Set, Initial: $"new {set}()")];
            default:
                throw Unknown(kept);
        }
    }

    /// <summary>The fields that say what went wrong, if anything can.</summary>
    public static IEnumerable<AccumulatorField> FailureFields(KeptModel kept)
    {
        if (kept is SumModel { CanOverflow: true } sum)
        {
            yield return Plain(NameOf(kept) + "Overflow", sum.Number == ScalarKind.Decimal ? "bool" : NumberText.Name(sum.Number));
        }

        if (kept.Failed is { } record)
        {
            yield return Of(NameOf(kept) + "Failed", record);
            yield return Plain($"Has{NameOf(kept)}Failed", "bool");
        }
    }

    /// <summary>Whether what is looked for was found.</summary>
    public static string Found(KeptModel kept, KeptFields own) => kept is AnyModel ? own.Value : own.Has;

    /// <summary>What an element does, as a statement.</summary>
    /// <param name="kept">What is kept.</param>
    /// <param name="own">Its fields.</param>
    /// <param name="element">The element.</param>
    /// <param name="extra">The key of the element, or the fold with it.</param>
    public static string Update(KeptModel kept, KeptFields own, string element, string? extra) => kept switch
    {
        CountModel => $"{own.Value}++;",
        CountOfValuesModel => $"if ({element}.HasValue) {{ {own.Value}++; }}",
        AnyModel => $"{own.Value} = true;",
        SumModel sum => Add(sum, own, sum.IsOfNullables ? $"{element}.GetValueOrDefault()" : element),
        ExtremeModel { Form: ExtremeForm.Flag } extreme =>
            $"if (!{own.Has} || {IsBetter(extreme, own, element)}) {{ {own.Value} = {element}; {own.Has} = true; }}",
        ExtremeModel extreme => Take(extreme, own, element),
        ExtremeByModel by =>
            $"if (!{own.Has} || {IsBetter(by, own, extra!)}) {{ {own.Value} = {element}; {own.Key} = {extra}; {own.Has} = true; }}",
        EndModel => $"{own.Value} = {element}; {own.Has} = true;",
        FoldModel => $"{own.Value} = {extra};",
        DistinctModel => $"{own.Value}.Add({element});",
        _ => throw Unknown(kept),
    };

    /// <summary>What the same fields of an accumulator of later records do, as a statement.</summary>
    public static string Merge(KeptModel kept, KeptFields own, KeptFields other) => kept switch
    {
        CountModel or CountOfValuesModel => $"{own.Value} += {other.Value};",
        AnyModel => $"{own.Value} |= {other.Value};",
        SumModel { CanOverflow: true } sum => $"{Add(sum, own, other.Value)}\n{own.Overflow} |= {other.Overflow};",
        SumModel sum => Add(sum, own, other.Value),
        ExtremeModel { Form: ExtremeForm.Flag } extreme => $"if ({other.Has} && (!{own.Has} || {IsBetter(extreme, own, other.Value)})) "
            + $"{{ {own.Value} = {other.Value}; {own.Has} = true; }}",
        ExtremeModel extreme => Take(extreme, own, other.Value),
        ExtremeByModel by => $"if ({other.Has} && (!{own.Has} || {IsBetter(by, own, other.Key)})) "
            + $"{{ {own.Value} = {other.Value}; {own.Key} = {other.Key}; {own.Has} = true; }}",
        EndModel { IsLast: true } => $"if ({other.Has}) {{ {own.Value} = {other.Value}; {own.Has} = true; }}",
        EndModel => $"if (!{own.Has} && {other.Has}) {{ {own.Value} = {other.Value}; {own.Has} = true; }}",
        DistinctModel => $"{own.Value}.UnionWith({other.Value});",
        _ => throw Unknown(kept),
    };

    // A sum of integers that leaves its range differs in sign from both of what was added.
    private static string Add(SumModel sum, KeptFields own, string addend) => !sum.CanOverflow ? $"{own.Value} += {addend};"
        : sum.Number == ScalarKind.Decimal ? $"{own.Overflow} |= !DecimalSum.TryAdd(ref {own.Value}, {addend});" : $$"""
        {
            {{NumberText.Name(sum.Number)}} addend = {{addend}};
            var sum = unchecked({{own.Value}} + addend);
            {{own.Overflow}} |= ({{own.Value}} ^ sum) & (addend ^ sum);
            {{own.Value}} = sum;
        }
        """;

    private static string Take(ExtremeModel extreme, KeptFields own, string element) =>
        $"if ({IsTaken(extreme, own, element)}) {{ {own.Value} = {element}; }}";

    private static string IsTaken(ExtremeModel extreme, KeptFields own, string element)
    {
        var isBeyond = $"{element} {Order(extreme.IsMax)} {own.Value}";
        return extreme.Form switch
        {
            ExtremeForm.Limit => isBeyond,

            // LINQ: a NaN is less than any number.
            ExtremeForm.FloatingLimit => $"{isBeyond} || {extreme.Element.Name}.IsNaN({(extreme.IsMax ? own.Value : element)})",
            _ => $"{element} is not null && ({own.Value} is null || {IsBetter(extreme, own, element)})",
        };
    }

    private static string IsBetter(ExtremeModel extreme, KeptFields own, string element) =>
        $"{Compare(extreme.Element.Name, element, own.Value)} {Order(extreme.IsMax)} 0";

    private static string IsBetter(ExtremeByModel by, KeptFields own, string key)
    {
        var isBeyond = $"{Compare(by.KeyType.Name, key, own.Key)} {Order(by.IsMax)} 0";
        return by.KeyType.CanBeNull ? $"({key} is not null && ({own.Key} is null || {isBeyond}))" : isBeyond;
    }

    private static string Compare(string type, string one, string two) =>
        $"global::System.Collections.Generic.Comparer<{type}>.Default.Compare({one}, {two})";

    private static string Order(bool isMax) => isMax ? ">" : "<";

    private static string? Limit(ExtremeModel extreme) => extreme.Form switch
    {
        ExtremeForm.Limit => $"{extreme.Element.Name}.{(extreme.IsMax ? "MinValue" : "MaxValue")}",
        ExtremeForm.FloatingLimit => $"{extreme.Element.Name}.{(extreme.IsMax ? "NaN" : "PositiveInfinity")}",
        _ => null,
    };

    private static AccumulatorField Plain(string name, string type) => new(name, type, type, FieldForm.Value);

    private static AccumulatorField Of(string name, NamedTypeModel type) => type.NullableOf is { } item
        ? new AccumulatorField(name, type.Name, item, FieldForm.Nullable)
        : Plain(name, type.Name);

    private static InvalidOperationException Unknown(KeptModel kept) => new($"There is no text for a {kept.GetType().Name}.");
}
