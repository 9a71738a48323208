namespace Weir.Graph;

/// <summary>Sets what becomes of records that a stage's function throws on.</summary>
internal static class ErrorPolicy
{
    /// <summary>The name of the output of failed records.</summary>
    public const string Side = "failed";

    public static void Set(Stage stage, FailedRecords records)
    {
        Check(stage);
        stage.Failing = records switch
        {
            FailedRecords.Fail or FailedRecords.Skip => records,
            _ => throw new ArgumentOutOfRangeException(nameof(records), records, "there is no such answer to a failure"),
        };
    }

    /// <summary>Gives a stage an output for failed records.</summary>
    public static StageOutput<FailedRecord<T>> SideOf<T>(Stage stage)
    {
        Check(stage);
        if (stage.Inputs[0] is not StageOutput<T>)
        {
            throw new ArgumentException(
                $"The records that come to '{stage.Id}' are not of the type {TypeText.Of(typeof(T))}. OnError gives back the records that "
                    + "the function takes, and not those that it makes: name their type in 'out Stream<FailedRecord<…>> failed'.");
        }

        return stage.AddFailures<T>();
    }

    private static void Check(Stage stage)
    {
        if (!stage.MayLeaveOut)
        {
            throw new ArgumentException(
                $"OnError leaves out single records, but '{stage.Id}' does not treat each by itself: it keeps something, or reads, sends "
                    + "or writes. What is half done when its code throws could not be undone. Catch what it throws in the code itself; a "
                    + "process may emit the record to a side output.");
        }

        if (stage.CatchesErrors)
        {
            throw new InvalidOperationException(
                $"What becomes of records that '{stage.Id}' fails on has been said already. Call OnError once behind each verb.");
        }
    }
}
