using System.Globalization;

namespace Weir.Generators.Fuzz.Programs;

/// <summary>Random well-typed expressions over a record, of the kinds that users write, and of some that they seldom do.</summary>
/// <param name="random">Where the choices come from.</param>
/// <param name="isWide">Whether functions capture and are given by name: seeds from before that mean what they meant.</param>
internal sealed class Expressions(Random random, bool isWide)
{
    public bool IsWide { get; } = isWide;

    private int _names;

    /// <summary>The types of values.</summary>
    public static IReadOnlyList<string> Types { get; } = ["int", "int", "int", "long", "double", "decimal", "string", "string", "bool",
        "int?", "double?", "Colour"];

    /// <summary>A name that the body has not used.</summary>
    public string Fresh() => string.Create(CultureInfo.InvariantCulture, $"v{++_names}");

    /// <summary>One of some.</summary>
    public T Any<T>(params ReadOnlySpan<T> all) => all[random.Next(all.Length)];

    public bool Chance(int percent) => random.Next(100) < percent;

    public int Next(int end) => random.Next(end);

    /// <summary>An expression of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="scope">What it may use.</param>
    /// <param name="depth">How deep it may be.</param>
    public string Of(string type, Scope scope, int depth)
    {
        var local = scope.Of(type).ToArray();
        if (local.Length > 0 && (depth <= 0 || Chance(25)))
        {
            return Any<string>(local);
        }

        string E(string of) => Of(of, scope, depth - 1);
        if (depth > 0 && Chance(22))
        {
            return General(type, scope, depth);
        }

        return type switch
        {
            "int" => Int(scope, depth, E),
            "long" => depth <= 0 ? Any("5L", "-3L") : Any($"({E("int")} + {E("long")})", $"(long){E("int")}", $"Math.Max({E("long")}, 1L)",
                $"({E("long")} ^ {E("long")})", $"checked({E("int")} * 2L)"),
            "double" => depth <= 0 ? Any("1.5", "-0.0", "double.NaN") : Any($"({E("double")} + {E("double")})", $"({E("int")} / 4.0)",
                $"Sqrt({E("double")})", $"({E("double")} * {E("int")})", $"{E("double?")}.GetValueOrDefault()", $"-{E("double")}",
                $"(double){E("decimal")}"),
            "decimal" => depth <= 0 ? Any("1.50m", "0m") : Any($"({E("int")} * 0.25m)", $"decimal.Round({E("int")} / 3m, 2)",
                $"-({E("int")} + 1.10m)"),
            "string" => Text(scope, depth, E),
            "bool" => Truth(scope, depth, E),
            "int?" => depth <= 0 ? Any("(int?)null", "(int?)4") : Any($"(int?){E("int")}", $"({E("bool")} ? {E("int")} : null)",
                $"{E("int?")} + 1", $"({E("int?")} ?? {E("int?")})"),
            "double?" => depth <= 0 ? Any("(double?)null", "(double?)0.5") : Any($"(double?){E("double")}",
                $"({E("bool")} ? {E("double")} : default(double?))", $"{E("double?")} * 2"),
            "Colour" => depth <= 0 ? Any("Colour.Red", "C.Blue", "default(Colour)") : Any($"({E("bool")} ? Colour.Green : {E("Colour")})",
                $"(Colour){E("int")}.Twice()"),
            _ => throw new InvalidOperationException(type),
        };
    }

    private string Int(Scope scope, int depth, Func<string, string> E)
    {
        if (depth <= 0)
        {
            return Any("0", "1", "2", "-7", "'c' - 'a'", "Known.Seven", "Seven", "Known.Eight", "OwnSeven", "OwnEight", "Local",
                "int.MaxValue", "0x10", "(C.Blue switch { Colour.Blue => 3, _ => 4 })");
        }

        var (name, other) = (Fresh(), Fresh());
        return random.Next(26) switch
        {
            0 or 1 => $"({E("int")} {Any("+", "-", "*", "&", "|", "^")} {E("int")})",
            2 => $"({E("int")} {Any("/", "%")} {E("int")})",
            3 => $"{Any("Known.Half", "Half", "OwnHalf", "OwnDeep")}({E("int")})",
            4 => $"Known.Add({E("int")}{Any("", $", {E("int")}", $", b: {E("int")}", $", 1, {E("int")}, 4")})",
            5 => $"{E("string")}.Length",
            6 => $"{E("int")}.Twice()",
            7 => $"{E("string")}.Twice()",
            8 => $"unchecked({E("int")} * 31)",
            9 => $"checked({E("int")} + {E("int")})",
            10 => $"(Known.TryHalf({E("int")}, out var {name}) ? {name} : {E("int")})",
            11 => $"{E("string")}.Count(c => c > 'a' || {E("bool")})",
            12 => $"({E("string")}, {E("int")}).Item2",
            13 => $"new {{ First = {E("int")}, {Any("Known.Seven", "Known.Eight")} }}.First",
            14 => $"({scope.Record}.Q is int {name} ? {name} : {E("int")})",
            15 => $"({E("int")} switch {{ 0 => {E("int")}, Known.Seven => 2, > 5 and < 100 => 3, "
                + $"var {name} when {name} < 0 => -{name}, _ => 5 }})",
            16 => $"((int[])[{E("int")}, .. new[] {{ {E("int")} }}]).Length",
            17 => $"new List<int> {{ {E("int")}, {E("int")} }}[{Any("0", "1", "^1")}]",
            18 => $"(from {name} in {scope.Record}.Arr where {name} > {E("int")} select {name} + 1).Count()",
            19 => $"{scope.Record}.Arr.Where({name} => {name} > {E("int")}).Select(({other}, i) => {other} ^ i).FirstOrDefault()",
            20 => $"Known.Same({E("int")})",
            21 => $"{E("int")}.Let({name} => {name} + {E("int")})",
            22 => $"((Func<int, int>)({name} => {name} - {E("int")}))({E("int")})",
            23 => $"Known.{Any("Kind", "Same")}({E("int")})",
            24 => $"nameof({scope.Record}.{Any("A", "S", "T.X")}).Length",
            _ => $"({E("int?")} ?? {E("int")})",
        };
    }

    private string Text(Scope scope, int depth, Func<string, string> E)
    {
        if (depth <= 0)
        {
            return Any("\"\"", "\"x\\ty\"", "@\"a\"\"b\r\nc\"", "\"\"\"raw \"q\" text\"\"\"", "Known.Text", "nameof(Colour)", "OwnText",
                "\"\"\"\r\n    two\r\n      lines\r\n    \"\"\"");
        }

        return random.Next(14) switch
        {
            0 or 1 => $"({E("string")} + {E("string")})",
            2 => $"$\"{{{E("int")}}}/{{{E("bool")}}}/{{{E("string")}}}\"",
            3 => $"$@\"v \"\"{{{E("int")},5}}\"\" {{{{}}}}\r\n{{{E("string")}}}\"",
            4 => $"$\"\"\"{{{E("string")}}} \"x\" \"\"\"",
            5 => $"$$\"\"\"\r\n  a {{{{{E("int")}}}}} {{x}}\r\n  b\r\n  \"\"\"",
            6 => $"{E("int")}.ToString(CultureInfo.InvariantCulture)",
            7 => $"({scope.Record}.N ?? {E("string")})",
            8 => $"string.Join(\",\", {scope.Record}.Arr)",
            9 => $"{E("string")}.Trim().ToUpperInvariant()",
            10 => $"({E("bool")} ? {E("string")} : nameof({scope.Record}))",
            11 => $"string.Concat({E("string")}.Reverse())",
            12 => $"Known.Said({E("int")})",
            _ => $"({E("int")}, {E("string")}).ToString()",
        };
    }

    private string Truth(Scope scope, int depth, Func<string, string> E)
    {
        if (depth <= 0)
        {
            return Any("true", "false", $"{scope.Record}.A > 0");
        }

        var name = Fresh();
        return random.Next(12) switch
        {
            0 or 1 => $"({E("int")} {Any("<", ">", "==", "!=", "<=")} {E("int")})",
            2 => $"({E("bool")} {Any("&&", "||", "&", "^")} {E("bool")})",
            3 => $"!{E("bool")}",
            4 => $"({E("double")} < {E("double")})",
            5 => $"({scope.Record}.N is {{ Length: > {Next(4)} }} {name} && {name}.Contains('a'))",
            6 => $"({E("string")} == {E("string")})",
            7 => $"({scope.Record} is {{ In.Size: > 0, T: (_, {{ Length: < 3 }}) }})",
            8 => $"({scope.Record}.Arr is [var {name}, ..] && {name} > {E("int")})",
            9 => $"({E("int?")} is null)",
            10 => $"{E("string")}.Any(c => c == 'a')",
            _ => $"({E("Colour")} is Colour.Red or C.Blue)",
        };
    }

    // What every type has.
    private string General(string type, Scope scope, int depth)
    {
        string E(string of) => Of(of, scope, depth - 1);
        var name = Fresh();
        return random.Next(8) switch
        {
            0 => $"({E("bool")} ? {E(type)} : {E(type)})",
            1 => $"({E(type)}, {E("int")}).Item1",
            2 => $"new {{ {name} = {E(type)} }}.{name}",
            3 => $"({E("int")} switch {{ > 0 => {E(type)}, _ => {E(type)} }})",
            4 => $"Known.Same<{type}>({E(type)})",
            5 => $"new[] {{ {E(type)}, {E(type)} }}[{Any("0", "1", "^1")}]",
            6 => $"((Func<{type}>)(() => {E(type)}))()",
            _ => $"(({type}){E(type)})",
        };
    }
}
