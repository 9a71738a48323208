namespace Weir.Generators.Fuzz.Programs;

/// <summary>A key that a program takes of its records.</summary>
/// <param name="Lambda">The function.</param>
/// <param name="Type">The type of the key.</param>
internal sealed record StreamKey(string Lambda, string Type)
{
    /// <summary>What has no key has this.</summary>
    public static StreamKey None { get; } = new("", "NoKey");

    /// <summary>One of a few.</summary>
    public static StreamKey Any(Expressions expressions) => expressions.Next(5) switch
    {
        0 => new("r => r.C", "Colour"),
        1 => new("r => r.Id % 2", "int"),
        2 => new("r => r.S", "string"),
        3 => new("r => (r.Id % 2, r.B)", "(int, int)"),
        _ => new("r => r.A > 0", "bool"),
    };
}
