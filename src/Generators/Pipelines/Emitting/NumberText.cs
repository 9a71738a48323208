using Weir.Generators.Types;

namespace Weir.Generators.Pipelines.Emitting;

/// <summary>The names of the numbers that LINQ adds.</summary>
internal static class NumberText
{
    public static string Name(ScalarKind number) => number switch
    {
        ScalarKind.Int32 => "int",
        ScalarKind.Int64 => "long",
        ScalarKind.Single => "float",
        ScalarKind.Double => "double",
        ScalarKind.Decimal => "decimal",
        _ => throw new InvalidOperationException($"LINQ adds no {number}."),
    };
}
