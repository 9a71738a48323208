namespace Weir.Generators.Fuzz.Programs;

/// <summary>Random lambdas: an expression or a block.</summary>
internal sealed class Bodies(Expressions expressions)
{
    /// <summary>A lambda from a record to a value.</summary>
    public string Lambda(string type, int depth, Func<Scope, string>? result = null)
    {
        var parameter = expressions.Any("r", "r", "row", "@class", "Item1", "value0");
        var scope = new Scope(parameter, ("int", "captured"), ("int", "local"));
        if (expressions.IsWide)
        {
            scope = scope.With("int", "first").With("int", "second").With("int", "owner.Field");
        }

        result ??= inner => expressions.Of(type, inner, depth);
        if (!expressions.Chance(30))
        {
            return $"{parameter} => {result(scope)}";
        }

        var lines = new List<string>();
        for (var i = expressions.Next(3); i >= 0; i--)
        {
            scope = Statement(scope, depth, lines);
        }

        return $"{parameter} =>\r\n            {{\r\n                {string.Join("\r\n                ",
            lines)}\r\n                return {result(scope)};\r\n            }}";
    }

    private Scope Statement(Scope scope, int depth, List<string> lines)
    {
        string E(string type) => expressions.Of(type, scope, depth - 1);
        var (name, other) = (expressions.Fresh(), expressions.Fresh());
        switch (expressions.Next(9))
        {
            case 0:
                lines.Add($"var {name} = {E("int")};");
                return scope.With("int", name);
            case 1:
                lines.Add($"var ({name}, {other}) = ({E("int")}, {E("string")});");
                return scope.With("int", name).With("string", other);
            case 2:
                lines.Add($"int {name}(int n) => n + {E("int")};");
                return scope.With("int", $"{name}({E("int")})");
            case 3:
                lines.Add($"if ({E("bool")}) {{ return {expressions.Any("default", "default")}!; }}");
                return scope;
            case 4:
                lines.Add($"var {name} = 0; // adds\r\n"
                    + $"                foreach (var {other} in {scope.Record}.Arr) {{ {name} ^= {other}; }}");
                return scope.With("int", name);
            case 5:
                lines.Add($"int {name}; checked {{ {name} = {E("int")} + 1; }}");
                return scope.With("int", name);
            case 6:
                lines.Add($"var {name} = {E("string")}; /* a\r\n comment */");
                return scope.With("string", name);
            case 7:
                lines.Add($"{scope.Record} = {scope.Record} with {{ A = {E("int")} }};");
                return scope;
            default:
                lines.Add($"var {name} = {scope.Record}.Box; {name}.{expressions.Any("Grow()", "Bump()", "Y++")};");
                return scope.With("int", $"{name}.X");
        }
    }
}
