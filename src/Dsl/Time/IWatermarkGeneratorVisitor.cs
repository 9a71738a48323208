namespace Weir;

/// <summary>How the runtime gets at the type of a generator's state without reflection.</summary>
/// <typeparam name="T">The records.</typeparam>
/// <typeparam name="TResult">What a visit answers.</typeparam>
internal interface IWatermarkGeneratorVisitor<T, out TResult>
{
    /// <summary>The generator, with its types.</summary>
    /// <typeparam name="TState">What it remembers of a split.</typeparam>
    /// <param name="generator">The generator.</param>
    /// <returns>The answer.</returns>
    TResult Visit<TState>(WatermarkGenerator<T, TState> generator);
}
