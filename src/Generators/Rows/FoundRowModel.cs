using Weir.Generators.Infrastructure;

namespace Weir.Generators.Rows;

/// <summary>What reading a call that names the type of its rows came to.</summary>
internal sealed record FoundRowModel
{
    /// <summary>The rows, unless we failed.</summary>
    public required RowModel? Row { get; init; }

    /// <summary>Our failure.</summary>
    public required GeneratorBugModel? Bug { get; init; }
}
