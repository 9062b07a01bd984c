//! People as others see them: enough to know again whom one knows, and not to find whom one does not. Must not be added
//! here: a way to see the whole; that takes a permission and leaves a record.

use crate::app::App;
use crate::problem::Problem;
use linli_platform::Person;

/// A phone number with its middle hidden: `+86138****0001`.
pub fn phone(whole: &str) -> String {
    let shown: Vec<char> = whole.chars().collect();
    let (head, tail) = (shown.len().saturating_sub(8), shown.len().saturating_sub(4));
    let (head, tail): (String, String) = (shown[..head].iter().collect(), shown[tail..].iter().collect());
    format!("{head}****{tail}")
}

/// An id with its middle hidden: `M0…f3`.
pub fn id(whole: &str) -> String {
    let shown: Vec<char> = whole.chars().collect();
    if shown.len() <= 5 {
        return format!("{}…", shown.first().map_or(String::new(), ToString::to_string));
    }
    let (head, tail): (String, String) =
        (shown[..2].iter().collect(), shown[shown.len() - 2..].iter().collect());
    format!("{head}…{tail}")
}

/// A member: by their number if they have registered with one, else by their id.
pub async fn member(app: &App, id_of: &str) -> Result<String, Problem> {
    let sealed = app.look(|replica| {
        let person: Option<&Person> = replica.platform().people.get(id_of);
        person.map(|person| person.sealed_phone.clone())
    })?;
    let Some(sealed) = sealed else { return Ok(id(id_of)) };
    let opened = app.secrets.open(format!("member:{id_of}"), "phone", sealed).await?;
    let opened = opened.and_then(|bytes| String::from_utf8(bytes).ok());
    Ok(opened.map_or_else(|| id(id_of), |whole| phone(&whole)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_a_number_and_of_an_id_is_hidden() {
        assert_eq!(phone("+8613812345678"), "+86138****5678");
        assert_eq!(phone("+1555"), "****1555");
        assert_eq!(
            (id("M0123456789abcdef0f3"), id("M0001"), id("")),
            ("M0…f3".into(), "M…".into(), "…".into())
        );
    }
}
