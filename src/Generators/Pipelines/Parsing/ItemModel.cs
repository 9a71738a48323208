namespace Weir.Generators.Pipelines.Parsing;

/// <summary>What a <c>SelectMany</c> with two functions does with an item.</summary>
internal sealed record ItemModel
{
    /// <summary>The item's type.</summary>
    public required string Type { get; init; }

    /// <summary>The function that makes a record of it and what it comes from; null where the two become a pair.</summary>
    public required TextFunctionModel? Result { get; init; }
}
