namespace Weir.Runtime.Streams;

/// <summary>In front of the main output of a stage that has several: its watermarks and idleness are those of the others, too.</summary>
internal sealed class ProgressFanout<T>(Receiver<T> main, Receiver[] sides) : Receiver<T>
{
    public override void OnBatch(Batch<T> batch) => main.OnBatch(batch);

    public override void OnWatermark(Watermark watermark)
    {
        main.OnWatermark(watermark);
        foreach (var side in sides)
        {
            side.OnWatermark(watermark);
        }
    }

    public override void OnIdle(bool isIdle)
    {
        main.OnIdle(isIdle);
        foreach (var side in sides)
        {
            side.OnIdle(isIdle);
        }
    }
}
