namespace Weir.Runtime.Tests.Jobs;

public sealed class JobExceptionTests
{
    [Fact]
    public void Its_text_says_each_thing_once_and_names_all_causes()
    {
        var root = new FormatException("'x' is no number, but the column 'amount' needs one");
        var inner = new OperatorException("Select-1", 0, $"Operator 'Select-1' of job 'orders' failed: {root.Message}", root);
        var text = new JobException($"{inner.Message}. Mend the cause.", inner).ToString();
        Assert.StartsWith("Weir.JobException: Operator 'Select-1' of job 'orders' failed: 'x' is no", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("'x' is no number").Length);
        Assert.Contains(" ---> Weir.OperatorException", text, StringComparison.Ordinal);
        Assert.Contains(" ---> System.FormatException", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cause_whose_text_the_message_does_not_have_keeps_it() => Assert.Contains(
        " ---> System.FormatException: the cause",
        new JobException("The job has failed.", new FormatException("the cause")).ToString(),
        StringComparison.Ordinal);
}
