namespace Weir.Generators.Fuzz.Programs;

/// <summary>What an expression may use: the record, and locals.</summary>
/// <param name="Record">The name of the record.</param>
/// <param name="Locals">Names of other values, with their types.</param>
internal sealed record Scope(string Record, params IReadOnlyList<(string Type, string Name)> Locals)
{
    private static readonly (string Type, string Member)[] Members =
    [
        ("int", "A"), ("int", "B"), ("int", "Id"), ("int", "T.X"), ("int", "In.Size"), ("int", "Arr.Length"), ("int", "Box.X"), ("int",
            "Box.Sum"),
        ("long", "L"), ("double", "D"), ("double", "F"), ("decimal", "M"), ("string", "S"), ("string", "T.Y"), ("int?", "Q"), ("double?",
            "P"),
        ("Colour", "C"), ("int?", "N?.Length"), ("int", "In.Tag!.Length"), ("int", "Arr[0]"),
    ];

    /// <summary>The expressions of a type that stand for themselves.</summary>
    public IEnumerable<string> Of(string type) => Locals.Where(local => local.Type == type).Select(local => local.Name)
        .Concat(Members.Where(member => member.Type == type)
            .Select(member => member.Member.Contains('?', StringComparison.Ordinal)
                ? $"({Record}.{member.Member})" : $"{Record}.{member.Member}"));

    public Scope With(string type, string name) => this with { Locals = [.. Locals, (type, name)] };
}
