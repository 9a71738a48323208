namespace Weir.Kills.Tests.Topics;

/// <summary>Tests whose broker dies or stands still: they run after all others, one by one.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone with the broker";
}
