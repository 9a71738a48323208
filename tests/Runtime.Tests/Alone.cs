namespace Weir.Runtime.Tests;

/// <summary>Tests that look at the memory of the whole process: they run after all others, one by one.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
