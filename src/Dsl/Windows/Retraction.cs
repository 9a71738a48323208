namespace Weir;

/// <summary>Makes changes of the results of windows, without the type of the results in front of it.</summary>
internal abstract class Retraction;

/// <summary>Makes changes of results that are changes themselves: first values, as the functions of windows make them.</summary>
/// <typeparam name="TChange">The changes.</typeparam>
internal abstract class Retraction<TChange> : Retraction
{
    /// <summary>Gets the codec of what is remembered of a window: the value that it has.</summary>
    public abstract Codec<TChange> Codec { get; }

    /// <summary>A value, with the one before it.</summary>
    public abstract TChange Behind(in TChange before, in TChange next);

    /// <summary>The end of a value.</summary>
    public abstract TChange End(in TChange before);
}

/// <inheritdoc/>
internal sealed class RetractionOf<T> : Retraction<Change<T>>
{
    public override Codec<Change<T>> Codec => new Newest();

    public override Change<T> Behind(in Change<T> before, in Change<T> next) => Change<T>.From(before.New!, next.New!);

    public override Change<T> End(in Change<T> before) => Change<T>.Last(before.New!);

    private sealed class Newest : Codec<Change<T>>
    {
        private readonly Codec<T> _values = Codecs.Of<T>();

        public override Schema Schema => _values.Schema;

        public override void Write(ref MessagePackWriter writer, in Change<T> value) => _values.Write(ref writer, value.New!);

        public override Change<T> Read(ref MessagePackReader reader) => Change<T>.First(_values.Read(ref reader));
    }
}
