namespace Weir.Generators.Fuzz.Programs;

/// <summary>Random results of a group of records.</summary>
internal sealed class Aggregates(Expressions expressions, Bodies bodies)
{
    /// <summary>An expression of a group <c>g</c>.</summary>
    public string Result(int depth)
    {
        var calls = Enumerable.Range(0, 1 + expressions.Next(3)).Select(_ => Value(depth)).ToArray();
        return calls.Length == 1 ? $"Show.Of({calls[0]})" : $"Show.Of(({string.Join(", ", calls)}))";
    }

    private string Value(int depth) => expressions.Next(10) switch
    {
        0 => $"({Truth(depth)} ? {Number(depth)} : {Number(depth)})",
        1 => $"({Truth(depth)} && {Truth(depth)} || {Truth(depth)})",
        2 => $"({Chain(depth)}.Max({Selector("int?", depth)}) ?? {Number(depth)})",
        3 => $"({Number(depth)} switch {{ > 3 => {Number(depth)}, 0 => -1, _ => {Number(depth)} }})",
        4 => $"({Chain(depth)}.FirstOrDefault({Selector("bool", depth)}) is {{ A: > 0 }} {expressions.Fresh()} ? {Number(depth)} : 0)",
        5 => "g.Key",
        6 => "g.Window.StartTime",
        _ => Number(depth),
    };

    private string Truth(int depth) => expressions.Next(4) switch
    {
        0 => $"{Chain(depth)}.Any({Selector("bool", depth)})",
        1 => $"{Chain(depth)}.All({Selector("bool", depth)})",
        2 => $"({Number(depth)} > {expressions.Next(4)})",
        _ => $"{Chain(depth)}.Any()",
    };

    private string Number(int depth) => expressions.Next(14) switch
    {
        0 => $"{Chain(depth)}.Count()",
        1 => $"{Chain(depth)}.Count({Selector("bool", depth)})",
        2 => $"{Chain(depth)}.Sum({Selector("int", depth)})",
        3 => $"(int)Math.Min({Chain(depth)}.Sum({Selector(expressions.Any("double", "decimal", "long"), depth)}), 5)",
        4 => $"{Chain(depth)}.Min({Selector("int", depth)})",
        5 => $"{Chain(depth)}.Max({Selector("int", depth)})",
        6 => $"{Chain(depth)}.Select({Selector(expressions.Any("int", "string", "Colour", "double"), depth)}).Distinct().Count()",
        7 => $"{Chain(depth)}.{expressions.Any("MinBy", "MaxBy")}({Selector(expressions.Any("int", "string", "double?"), depth)})!.Id",
        8 => $"{Chain(depth)}.{expressions.Any("First", "Last")}().Id",
        9 => $"{Chain(depth)}.{expressions.Any("First", "Last")}({Selector("bool", depth)}).Id",
        10 => $"{Chain(depth)}.Aggregate({expressions.Any("0", "17")}, (all, r) => unchecked(all * 31 + {expressions.Of("int",
            new Scope("r"), depth)}))",
        11 => $"({Chain(depth)}.Sum({Selector("int?", depth)}) ?? 0)",
        12 => $"(int){Chain(depth)}.Average({Selector(expressions.Any("int", "double", "long"), depth)})",
        _ => $"{Chain(depth)}.Select({Selector("int", depth)}).{expressions.Any("Sum", "Max", "Min", "First", "Last", "Count")}()",
    };

    private string Chain(int depth) => expressions.Chance(25) ? $"g.Where({Selector("bool", depth)})" : "g";

    private string Selector(string type, int depth) => expressions.IsWide
        ? GivenFunctions.Or(expressions, type, () => bodies.Lambda(type, expressions.Next(depth + 1)))
        : bodies.Lambda(type, expressions.Next(depth + 1)).Replace("captured", "0", StringComparison.Ordinal).Replace("local", "1", StringComparison.Ordinal);
}
